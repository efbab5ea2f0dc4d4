"""Numbers of scipy, scikit-learn, statsmodels and numpy for the tests of this folder: all cases in one call, JSON on stdout."""
import json, math, sys
import numpy as np
from scipy import special, stats
from sklearn.metrics import roc_auc_score, roc_curve
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(7)
out = {}

counts = [(0, 10), (10, 10), (5, 20), (80, 100), (3.5, 5.5), (0.3, 0.9), (1e-3, 2.5), (1, 1_000_000), (500_000, 1_000_000),
          (999_999, 1_000_000), (3, 100_000_000), (12_345.6, 98_765.4), (0.5, 1e5), (7, 7.5)]
out["clopper"] = []
for passed, total in counts:
    for confidence in (0.68, 0.682689492, 0.9, 0.95, 0.999):
        tail = (1 - confidence) / 2
        low = 0.0 if passed == 0 else stats.beta.ppf(tail, passed, total - passed + 1)
        high = 1.0 if passed == total else stats.beta.ppf(1 - tail, passed + 1, total - passed)
        out["clopper"].append([passed, total, confidence, low, high])
out["clopper_statsmodels"] = [[n, t, *proportion_confint(n, t, alpha=0.32, method="beta")] for n, t in [(1, 7), (5, 20), (33, 40), (250, 1000)]]

out["beta"] = [[a, b, x, special.betainc(a, b, x)]
               for a in (0.05, 0.5, 1, 2.5, 30, 4000) for b in (0.1, 1, 7.5, 300, 9000) for x in (1e-9, 1e-3, 0.2, 0.5, 0.8, 0.999)]
out["chi2_tail"] = [[c, n, stats.chi2.sf(c, n)] for n in (1, 2, 3, 10, 99, 1000) for c in (0.0, 0.1, 1, 5, 30, 120, 1100)]
out["kolmogorov"] = [[z, special.kolmogorov(z)] for z in (0.21, 0.3, 0.5, 0.7, 0.754, 0.756, 0.9, 1, 1.358, 2, 3)]

def placements_error(y, s, w):
    p, n = s[y], s[~y]
    wp, wn = w[y], w[~y]
    better = (p[:, None] > n[None, :]) + 0.5 * (p[:, None] == n[None, :])
    v10, v01 = better @ wn / wn.sum(), wp @ better / wp.sum()
    auc = wp @ v10 / wp.sum()
    def variance(weights, values):
        k = weights.sum() ** 2 / (weights ** 2).sum()
        return (weights ** 2 * (values - auc) ** 2).sum() / weights.sum() ** 2 * k / (k - 1)
    return math.sqrt(variance(wp, v10) + variance(wn, v01))

out["roc"] = []
for rows, decimals, weighted in [(40, 1, False), (300, 2, False), (300, 8, True), (1000, 1, True), (2000, 3, True)]:
    y = rng.random(rows) < 0.4
    s = np.round(rng.normal(size=rows) + 0.9 * y, decimals)
    w = np.round(rng.exponential(size=rows), 3) if weighted else np.ones(rows)
    all_fpr, all_tpr, all_thr = roc_curve(y, s, sample_weight=w, drop_intermediate=False)
    few_fpr, few_tpr, _ = roc_curve(y, s, sample_weight=w, drop_intermediate=not weighted)
    out["roc"].append(dict(y=y.tolist(), s=s.tolist(), w=w.tolist(), weighted=weighted, fpr=all_fpr.tolist(), tpr=all_tpr.tolist(), thr=all_thr.tolist()[1:],
                           few_fpr=few_fpr.tolist(), few_tpr=few_tpr.tolist(), auc=roc_auc_score(y, s, sample_weight=w), error=placements_error(y, s, w)))

p = np.round(rng.random(25) ** 3, 4)
out["holm"] = dict(p=p.tolist(), adjusted=multipletests(p, method="holm")[1].tolist())

a, b = rng.poisson(20, 30), rng.poisson(31, 30)
a[4] = b[4] = 0
used = (a + b) > 0
chi2, pvalue, ndf, _ = stats.chi2_contingency([a[used], b[used]], correction=False)
out["chi2"] = dict(a=a.tolist(), b=b.tolist(), chi2=chi2, p=pvalue, ndf=int(ndf))

def joined(a, b, least):
    """Neighbouring bins joined by cumulative expectation in the smaller sample, not bin by bin."""
    share, edges, both = min(a.sum(), b.sum()) / (a.sum() + b.sum()), [0], np.cumsum(a + b)
    for i in range(len(a)):
        if (both[i] - (both[edges[-1] - 1] if edges[-1] else 0)) * share >= least: edges.append(i + 1)
    edges[-1] = len(a)
    return np.add.reduceat(a, edges[:-1]), np.add.reduceat(b, edges[:-1])

out["chunks"] = []
for mean, least in ((1, 5), (3, 10), (40, 10), (0.4, 1)):
    a, b = rng.poisson(mean * np.exp(-np.arange(40) / 9)), rng.poisson(4 * mean * np.exp(-np.arange(40) / 9))
    one, two = joined(a, b, least)
    chi2, pvalue, ndf, _ = stats.chi2_contingency([one, two], correction=False)
    values = [np.repeat(np.arange(40), counts) for counts in (a, b)]
    distance = stats.ks_2samp(*values, method="asymp").statistic
    z = distance * math.sqrt(a.sum() * b.sum() / (a.sum() + b.sum()))
    out["chunks"].append(dict(a=a.tolist(), b=b.tolist(), least=least, one=one.tolist(), two=two.tolist(), chi2=chi2, p=pvalue, ndf=int(ndf),
                              z=z, ks=special.kolmogorov(z)))

x = rng.normal(1e6, 3, 501)
q = [0, 0.001, 0.1587, 0.25, 0.5, 0.8413, 1]
out["sample"] = dict(x=x.tolist(), q=q, quantiles=np.quantile(x, q).tolist(), mean=math.fsum(x) / len(x), variance=float(np.var(x)), sum=math.fsum(x))

edges = [-2.5, -1.0, 0.0, 0.3, 7.0]
probe = [-3, -2.5, -2, -1, -0.5, 0, 0.1, 0.3, 6.999, 7.0, 8]
out["edges"] = dict(edges=edges, x=probe, bin=(np.digitize(probe, edges) - 1).tolist())

json.dump(out, sys.stdout)
