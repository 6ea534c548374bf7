"""The workbench: a record read, decided upon, mapped and published in a browser on one machine."""
