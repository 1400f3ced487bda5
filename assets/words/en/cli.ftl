# Words of `cli`.
