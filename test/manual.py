#!/usr/bin/env python3
"""Checks that the man pages and the bash completion tell what the program has, and nothing else.

    test/manual.py HANPORT SOURCE

Subcommands and options come from `hanport --help`; the keys of the configuration from what
`hanport check-config` says is allowed where it meets a section or key that there is none of. The
pages are read as mdoc: an `.It Fl \\-OPTION` belongs to the `.It Cm SUBCOMMAND` above it, an
`.It Ic KEY` to the `.Ss [SECTION]` above it. Prints what differs; exits 1 if something does.
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

NO_SUCH = "no_such_thing"


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def subcommands(hanport):
    """The subcommands, and the long options of each."""
    text = output(hanport, "--help").stdout.partition("Subcommands:")[2]
    names = re.findall(r"^  ([a-z-]+) ", text, re.M)
    return {name: set(re.findall(r"^  (?:-\w,)?(--[a-z-]+)", output(hanport, name, "--help").stdout,
                                 re.M)) - {"--help"}
            for name in names}


def allowed(hanport, configuration, place):
    """What is allowed at a place of a configuration that is wrong there."""
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
        file.write(configuration)
        file.flush()
        said = output(hanport, "check-config", "--config", file.name).stderr
    found = re.search(rf": {re.escape(place)}: unknown .*; allowed: (.*)", said)
    if not found:
        raise SystemExit(f"check-config says nothing of what is allowed at {place}: {said}")
    return set(found[1].split(", "))


def keys(hanport):
    """The sections, and the keys of each; a [[section]] is named so."""
    found = {}
    for section in allowed(hanport, f"[{NO_SUCH}]\n", NO_SUCH):
        for header in (f"[{section}]", f"[[{section}]]"):
            with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
                file.write(header + "\n")
                file.flush()
                said = output(hanport, "check-config", "--config", file.name).stderr
            if f": {section}: is " not in said:
                found[header] = allowed(hanport, f"{header}\n{NO_SUCH} = 1\n",
                                        f"{section}.{NO_SUCH}")
                break
    return found


def words(line):
    return re.sub(r"\\&|\\-", lambda match: "-" if match[0] == r"\-" else "", line).split()


def page_items(page, heading, item):
    """From a page: what stands in `.It item` lines, by the latest `heading` above it."""
    found = {}
    current = None
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith(".Sh "):
            current = None
        elif line.startswith(heading + " "):
            current = words(line[len(heading):])[0]
            found[current] = set()
        elif line.startswith(item + " ") and current is not None:
            found[current].update(words(line[len(item):].replace(" ,", "")))
    return found


def options_of_page(page):
    items = page_items(page, ".It Cm", ".It Fl")
    return {name: {"-" + word for word in found if word.startswith("-")}
            for name, found in items.items()}


def completed(hanport, source, *line):
    """What the completion offers for the last word of a command line."""
    script = f'''
        PATH="{Path(hanport).parent}:$PATH"
        . "{source}/packaging/bash-completion"
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _hanport
        printf '%s\\n' "${{COMPREPLY[@]}}"'''
    return set(output("bash", "-c", script, "bash", "hanport", *line).stdout.split())


def differences(what, true, told):
    for name in sorted(true.keys() | told.keys()):
        if name not in told:
            yield f"{what}: nothing of {name}"
        elif name not in true:
            yield f"{what}: {name}, which there is none of"
        else:
            for word in sorted(true[name] - told[name]):
                yield f"{what}: {name}: nothing of {word}"
            for word in sorted(told[name] - true[name]):
                yield f"{what}: {name}: {word}, which there is none of"


def faults(hanport, source):
    options = subcommands(hanport)
    if "run" not in options or "--config" not in options["run"]:
        yield "hanport --help is not as expected"
    yield from differences("hanport(1)", options, options_of_page(source / "man/hanport.1"))
    yield from differences("hanport.toml(5)", keys(hanport),
                           page_items(source / "man/hanport.toml.5", ".Ss", ".It Ic"))
    offered = completed(hanport, source, "")
    yield from differences("completion", {"": set(options) | {"--help", "--version"}},
                           {"": offered})
    yield from differences("completion", options,
                           {name: completed(hanport, source, name, "--") - {"--help"}
                            for name in options})
    if completed(hanport, source, "run", "--output", "std") != {"stdout"}:
        yield "completion: run --output std is not stdout"


def main():
    found = list(faults(sys.argv[1], Path(sys.argv[2])))
    print("\n".join(found) if found else "Man pages and completion tell what there is.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
