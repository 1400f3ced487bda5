# Words of `session`.
