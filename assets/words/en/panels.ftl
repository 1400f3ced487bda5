# Words of `panels`.
