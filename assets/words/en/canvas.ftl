# Words of `canvas`.
