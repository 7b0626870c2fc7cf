"""Statistics over disorder realisations; an error bar is never over eigenstates of one of them."""
