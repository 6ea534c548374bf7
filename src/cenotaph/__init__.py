"""Cenotaph: from reports of armed conflict to an audited record of harm to civilians."""
