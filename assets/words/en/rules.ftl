# Words of `rules`.
