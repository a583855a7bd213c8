"""Makes data/audit_bounds.csv: the exact inversion in fractions, beside scipy's.

Run with Python 3.12, scipy 1.17.1: python audit_bounds.py > data/audit_bounds.csv
Rows: tail,N,D,n,k,P(X<=k) | bound,N,n,k,risk,U | size,N,most,expected,risk,n
"""
import random
from fractions import Fraction
from math import comb
from scipy.stats import hypergeom

def tail(N, D, n, k):
    return Fraction(sum(comb(D, i) * comb(N - D, n - i) for i in range(k + 1)), comb(N, n))

def bound(N, n, k, risk):
    low, high = k, N - (n - k) + 1
    while high - low > 1:
        mid = (low + high) // 2
        low, high = (low, mid) if tail(N, mid, n, k) <= risk else (mid, high)
    return low

def scipy_bound(N, n, k, risk):
    D = k
    while D < N - (n - k) and hypergeom.cdf(k, N, D + 1, n) > float(risk) * (1 + 1e-9):
        D += 1
    return D

def smallest(N, most, expected, risk):
    if most >= N:
        return expected
    low, high = expected, N
    while high - low > 1:
        mid = (low + high) // 2
        if tail(N, most + 1, mid, expected) <= risk:
            high = mid
        else:
            low = mid
    return high

random.seed(20151120)
risks = [Fraction(1, 20), Fraction(1, 10), Fraction(1, 100)]
for N, n in [(20, 19), (50, 30), (50, 50), (130, 30), (130, 60), (500, 59), (1000, 100),
             (5000, 30), (5000, 299), (5000, 400)]:
    for risk in risks:
        for k in sorted({0, 1, 2, n // 20, n // 5, n // 2, n}):
            U = bound(N, n, k, risk)
            assert N > 1000 and k > 5 or scipy_bound(N, n, k, risk) == U, (N, n, k, risk)
            print("bound", N, n, k, float(risk), U, sep=",")
for _ in range(120):
    N = random.choice([50, 97, 130, 400, 1000, 5000])
    n = random.randint(1, min(N, 400))
    k = min(n, int(random.expovariate(.4)))
    risk = random.choice(risks)
    U = bound(N, n, k, risk)
    assert scipy_bound(N, n, k, risk) == U, (N, n, k, risk)
    print("bound", N, n, k, float(risk), U, sep=",")
for _ in range(80):
    N = random.choice([50, 130, 400, 1000, 5000])
    most = random.randint(0, N // 5)
    expected = random.randint(0, min(most, 4))
    risk = random.choice(risks)
    print("size", N, most, expected, float(risk), smallest(N, most, expected, risk), sep=",")
for _ in range(200):
    N = random.choice([20, 130, 1000, 5000, 100000])
    D, n = random.randint(0, N), random.randint(0, min(N, 2000))
    mean = n * D // N
    k = max(0, min(n, mean + random.randint(-12, 12)))
    p = tail(N, D, n, k)
    assert p < 1e-300 or abs(hypergeom.cdf(k, N, D, n) / float(p) - 1) < 1e-6
    if p > Fraction(1, 10**300):
        print("tail", N, D, n, k, repr(float(p)), sep=",")
