# Words of `edit`.
