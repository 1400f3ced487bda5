# Words of `cloud`.
