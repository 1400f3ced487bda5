# Words of `scene`.
