"""Cases, scorers and reports that check the answers; run by ``python -m assistant eval``."""
