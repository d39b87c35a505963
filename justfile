# Shortcuts. Everything real is behind ./hub.

# Run the whole suite, or the part that is named
test *arguments:
    ./hub test {{ arguments }}

# Write the code the way the house writes it
format:
    .venv/bin/python -m ruff format .
    .venv/bin/python -m ruff check --fix .

# Write the reference pages that are drawn from the code
docs:
    ./hub manage reference_docs

# Compile requirements/*.in to locks with hashes and no address in them, and the npm lock
lock:
    for set in runtime test node postgres; do \
      .venv/bin/python -m uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
        -o requirements/$set.txt requirements/$set.in || exit 1; \
    done
    npm install --package-lock-only --ignore-scripts
