"""Where MKL is, if it is: optional, and the home of PARDISO."""

import ctypes
import sys
from functools import cache
from pathlib import Path

INTEL_OPENMP, SEQUENTIAL = 0, 1  # MKL's threading layers; the first needs its runtime beside it


@cache
def library() -> ctypes.CDLL | None:
    """MKL's single dynamic library, set to one interface and threading layer, or None."""
    folder = Path(sys.prefix) / ("Library/bin" if sys.platform == "win32" else "lib")
    pattern = {"win32": "mkl_rt*.dll", "darwin": "libmkl_rt*.dylib"}.get(
        sys.platform, "libmkl_rt.so*"
    )
    # MKL ends the process where its layer's runtime is missing, so look before asking for it.
    layer = INTEL_OPENMP if any(folder.glob("*iomp5*")) else SEQUENTIAL
    for path in sorted(folder.glob(pattern)):
        try:
            mkl = ctypes.CDLL(str(path), mode=ctypes.RTLD_GLOBAL)
        except OSError:
            continue
        mkl.MKL_Set_Interface_Layer(0)  # 32-bit indices
        mkl.MKL_Set_Threading_Layer(layer)
        return mkl
    return None


def available() -> bool:
    """Whether MKL is installed in this environment."""
    return library() is not None
