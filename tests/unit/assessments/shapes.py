"""Short ways to write a tool for a test."""

NOT_KNOWN = {"code": "not_known", "label": "Not known", "score": None}
YES = {"code": "yes", "label": "Yes", "score": 1}
NO = {"code": "no", "label": "No", "score": 0}


def scale(code, *scores, **more):
    """Levels named by their score: "s0", "s3", and one that says "not known"."""
    levels = [{"code": f"s{score}", "label": f"Level {score}", "score": score} for score in scores]
    return {"code": code, "label": code, "kind": "ordinal", "levels": [*levels, NOT_KNOWN], **more}


def item(code, kind="indicator", answered="levels", **more):
    return {"code": code, "text": f"About {code}?", "kind": kind, "scale": answered, **more}


def domain(code, *items):
    return {"code": code, "label": code, "items": list(items)}


def band(code, lowest, highest):
    return {"code": code, "label": code.title(), "lowest": lowest, "highest": highest}


def tool(scales, domains, **more):
    return {"scales": scales, "domains": domains, **more}


def counted(kind, kinds=("indicator",), **more):
    return {"kind": kind, "kinds": list(kinds), **more}
