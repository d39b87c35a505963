"""The name a file was given."""

import unicodedata

from trellis.documents.checking.refusal import NotAccepted

LONGEST = 150
# What runs, or is drawn by a browser, when somebody opens it by mistake.
RUNS = frozenset(
    [
        "ade",
        "adp",
        "app",
        "bat",
        "chm",
        "cmd",
        "com",
        "cpl",
        "dll",
        "dmg",
        "doc",
        "docm",
        "dotm",
        "exe",
        "gadget",
        "hta",
        "htm",
        "html",
        "inf",
        "iso",
        "jar",
        "js",
        "jse",
        "lnk",
        "mht",
        "mhtml",
        "msc",
        "msi",
        "msp",
        "pif",
        "pl",
        "ppam",
        "ppt",
        "pptm",
        "ps1",
        "py",
        "reg",
        "rtf",
        "scf",
        "scr",
        "sh",
        "svg",
        "swf",
        "url",
        "vb",
        "vbe",
        "vbs",
        "wsf",
        "xhtml",
        "xls",
        "xlsm",
        "xltm",
        "xml",
        "xsl",
    ]
)


def checked(name: str) -> tuple[str, str]:
    """The name as it is kept, and its extension. Raises NotAccepted for one that hides something."""
    name = unicodedata.normalize("NFC", name).strip()
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") for sign in name):
        raise NotAccepted("The file's name has signs in it that cannot be seen. Give the file a plain name")
    if "/" in name or "\\" in name or name.startswith("."):
        raise NotAccepted("The file's name holds the name of a folder. Give the file a plain name")
    stem, *endings = name.split(".")
    if not stem or not endings or not endings[-1] or len(name) > LONGEST:
        raise NotAccepted(f"Give the file a name of at most {LONGEST} signs with its ending, such as report.pdf")
    endings = [ending.strip().lower() for ending in endings]
    if RUNS.intersection(endings[:-1]):
        raise NotAccepted("The file's name has two endings, one of them of a program. Give the file a plain name")
    return name, endings[-1]
