"""One file per kind of opposition; ``registry`` names them."""
