"""Compile what reads a text: the same package, with its hot modules as machine code.

    compile.py [--out FOLDER] [--wheel FOLDER] [-O LEVEL]

The modules named in COMPILED are compiled by mypyc in a copy of the package: FOLDER/lib
(build/compiled/lib unless told) holds the whole of it then, and whoever puts that first on the path
(PYTHONPATH) runs it so. From level 2 on GCC compiles them twice, the second time by what was
counted when `train.py` ran the first: which way most texts go. Nothing is written beside the
sources, where a compiled module would go on being imported after an edit. What is there is made
anew only if a source, this program, the Python, the compiler or the level is another. `--wheel`
also packs it as a wheel, which fits this Python on this kind of machine.
"""

import argparse
import base64
import contextlib
import hashlib
import importlib.util
import io
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any

from memos import memos
from native import native
from statics import REPLACE, statics

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "compiled"
COMPILED = (
    "bounds.py",
    "changed.py",
    "dates/*.py",
    "gazetteer/compiled.py",
    "gazetteer/keys.py",
    "gazetteer/store.py",
    "geometry.py",
    "model/*.py",
    "pipeline/document.py",
    "pipeline/hidden.py",
    "pipeline/interpreted.py",
    "pipeline/language.py",
    "pipeline/setting.py",
    "pipeline/settled.py",
    "places/*.py",
    "reading/*.py",
    "spelling/*.py",
    "stretches.py",
)
"""What is compiled: all that a text goes through until its claims have their places and days."""

TRAINED = ("2", "3")
"""The levels that are worth a second time."""

NO_COMPILER = """\
No C compiler was found. Install one (on Debian and Ubuntu: apt-get install gcc; on macOS:
xcode-select --install), name one that is not on the path (CC=/path/to/gcc), or take one from PyPI:
{python} -m pip install ziglang"""
NO_HEADERS = """\
{file} is missing, which belongs to Python. Install it (on Debian and Ubuntu: apt-get install
python3-dev)."""
# mypyc says of every generator that a call takes in whole that it makes a list; so does the call.
_NO_NEWS = "Treating generator comprehension as list"


def main() -> int:
    """Compile what is not compiled yet; return the exit status."""
    parser = argparse.ArgumentParser(description="Compile what reads a text.")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--wheel", type=Path, metavar="FOLDER")
    parser.add_argument("-O", dest="level", default="3", metavar="LEVEL")
    options = parser.parse_args()
    out: Path = options.out.resolve()
    with tempfile.TemporaryDirectory() as folder:
        pure = packed(Path(folder))
        c = compiler()
        key = key_of(pure, c, options.level)
        known = out / "key"
        if not known.exists() or known.read_text() != key:
            known.unlink(missing_ok=True)
            build(pure, out, c, options.level)
            known.write_text(key)
        print(out / "lib")
        if options.wheel:
            print(wheel(out / "lib", pure.name, options.wheel))
    return 0


def packed(folder: Path) -> Path:
    """Pack the package as it is, in Python alone; return the wheel."""
    from flit_core.wheel import make_wheel_in

    made: Path = make_wheel_in(ROOT / "pyproject.toml", folder).file
    return made


def compiler() -> list[str]:
    """Return the words that call the C compiler. Ends the program where there is none."""
    named = os.environ.get("CC")
    words = [named, sysconfig.get_config_var("CC"), "cc", "gcc", "clang"]
    found = next((shlex.split(w) for w in words if w and shutil.which(shlex.split(w)[0])), None)
    if found is None and importlib.util.find_spec("ziglang"):
        found = [sys.executable, "-m", "ziglang", "cc"]
    if found is None:
        sys.exit(NO_COMPILER.format(python=sys.executable))
    header = Path(sysconfig.get_paths()["include"], "Python.h")
    if not header.exists():
        sys.exit(NO_HEADERS.format(file=header))
    return found


def is_gcc(c: list[str]) -> bool:
    """Tell whether a compiler is GCC, also where it goes by another name."""
    said = subprocess.run([*c, "-v"], capture_output=True, text=True, check=False).stderr
    return "gcc version" in said


def key_of(pure: Path, c: list[str], level: str) -> str:
    """Return what is another whenever what is compiled would be."""
    told = hashlib.sha256("\0".join((*c, level, sys.version, version("mypy"))).encode())
    for program in ("compile.py", "memos.py", "native.py", "statics.py", "train.py"):
        told.update((ROOT / "scripts" / program).read_bytes())
    with zipfile.ZipFile(pure) as held:
        for name in sorted(held.namelist()):
            told.update(name.encode() + held.read(name))
    return told.hexdigest()


def build(pure: Path, out: Path, c: list[str], level: str) -> None:
    """Lay the package out, spell its records out, and put the compiled modules beside."""
    lib, c_files = out / "lib", out / "c"
    shutil.rmtree(out, ignore_errors=True)
    lib.mkdir(parents=True)
    with zipfile.ZipFile(pure) as held:
        held.extractall(lib)
    (lib / "cenotaph" / "changed.py").write_text(REPLACE, encoding="utf-8")
    files = sorted(
        file.relative_to(lib) for glob in COMPILED for file in (lib / "cenotaph").glob(glob)
    )
    for file in files:
        source = (lib / file).read_text(encoding="utf-8")
        module = ".".join(file.with_suffix("").parts)
        (lib / file).write_text(statics(native(memos(source), module)), encoding="utf-8")
    with contextlib.chdir(lib):
        extensions = written_in_c([str(file) for file in files], c_files)
        jobs = {source: Path(f"{source}.o") for one in extensions for source in one.sources}
        include = sysconfig.get_paths()["include"]
        # What is hidden from without is called straight, not through a table of addresses.
        told = ["-w", "-fPIC", "-fvisibility=hidden", "-fwrapv", "-DNDEBUG"]
        told += [f"-O{level}", f"-I{include}"]
        told += dict.fromkeys(f"-I{folder}" for one in extensions for folder in one.include_dirs)

        def made(*way: str) -> None:
            def translate(source: str) -> None:
                words = [*c, *told, *way, "-c", source, "-o", str(jobs[source])]
                subprocess.run(words, check=True)

            with ThreadPoolExecutor(os.cpu_count()) as pool:
                largest_first = sorted(jobs, key=lambda source: -Path(source).stat().st_size)
                list(pool.map(translate, largest_first))
            shared = ["-shared"]
            if sys.platform == "darwin":
                shared = ["-bundle", "-undefined", "dynamic_lookup"]
            for one in extensions:
                module = one.name.replace(".", "/") + sysconfig.get_config_var("EXT_SUFFIX")
                objects = [str(jobs[source]) for source in one.sources]
                subprocess.run([*c, *shared, *told, *way, *objects, "-o", module], check=True)

        if level in TRAINED and is_gcc(c):
            made("-fprofile-generate", "-fprofile-update=single")
            # What was counted is written beside each object file.
            env = {**os.environ, "PYTHONPATH": str(lib)}
            subprocess.run([sys.executable, ROOT / "scripts" / "train.py"], check=True, env=env)
            # What modules ask of one another is seen as a whole when they are linked, and what they
            # ask of Python is called straight.
            whole = f"-flto={os.cpu_count()}"
            made("-fprofile-use", "-fprofile-partial-training", whole, "-fno-plt")
        else:
            made()
    shutil.rmtree(c_files)


def written_in_c(files: list[str], folder: Path) -> list[Any]:
    """Have mypyc write modules in C; return what is to be made of that, shared part first."""
    from mypyc.build import mypycify

    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            return list(
                mypycify(
                    ["--config-file", str(ROOT / "pyproject.toml"), *files],
                    multi_file=True,
                    group_name="cenotaph",
                    target_dir=str(folder),
                )
            )
    except SystemExit:
        lines = said.getvalue().split("\n")
        print("\n".join(line for line in lines if _NO_NEWS not in line), file=sys.stderr)
        raise


def wheel(lib: Path, pure: str, folder: Path) -> Path:
    """Pack the compiled package; return the wheel, which takes the place of an earlier one."""
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    machine = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    tag = f"{python}-{python}-{machine}"
    name = pure.replace("py3-none-any", tag)
    about = "-".join(pure.split("-")[:2]) + ".dist-info"
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as made:
        for file in sorted(lib.rglob("*")):
            within = file.relative_to(lib).as_posix()
            if not file.is_file() or "__pycache__" in within or within == f"{about}/RECORD":
                continue
            data = file.read_bytes()
            if within == f"{about}/WHEEL":
                told = "Wheel-Version: 1.0\nGenerator: cenotaph\nRoot-Is-Purelib: false\n"
                data = f"{told}Tag: {tag}\n".encode()
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            rows.append(f"{within},sha256={digest},{len(data)}")
            made.writestr(within, data)
        made.writestr(f"{about}/RECORD", "\n".join([*rows, f"{about}/RECORD,,", ""]))
    return folder / name


if __name__ == "__main__":
    sys.exit(main())
