# Words of `file`.
