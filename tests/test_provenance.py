from mbl.provenance import versions


def test_versions_name_the_libraries():
    import numpy
    import scipy

    about = versions()
    assert about["numpy_version"] == numpy.__version__
    assert about["scipy_version"] == scipy.__version__
    assert "openblas" in about["blas"] or "mkl" in about["blas"] or about["blas"]
