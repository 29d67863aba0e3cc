"""What people do: one function a deed, one frozen value a view."""
