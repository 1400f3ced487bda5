# Words of `deploy`.
