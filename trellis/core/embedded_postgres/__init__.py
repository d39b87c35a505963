"""Our own PostgreSQL beside the checkout: started when the first command needs it, stopped after the last.

``launcher`` is the way in; ``places`` decides where things lie and as whom the server runs; ``cluster`` makes,
starts and stops one; ``sharing`` counts its users by file locks, so that a killed process never leaves it running.
"""
