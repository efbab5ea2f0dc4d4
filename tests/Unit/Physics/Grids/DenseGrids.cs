using TauPipeline.Expressions;
using TauPipeline.Physics;

namespace TauPipeline.Tests.Unit.Physics.Grids;

/// <summary>
/// A small set-up of grids, and what it is by training-and-evaluation 1.2 to 1.6 written out as that reads: every cell of every candidate,
/// no expression, no list of filled cells.
/// </summary>
internal static class DenseGrids
{
    // Mean, spread and limits by cone, of what is scaled as a normal feature.
    private static readonly (float Mean, float Std)[] RelPt = [(0.25f, 0.36f), (0.02f, 0.09f)], Dxy = [(0.1f, 0.5f), (0.2f, 0.7f)];
    private static readonly float[] Reach = [0.1f, 0.5f];

    public static readonly ConstituentCones Cones = new();

    public static readonly FeatureScaling Scaling = new([
        FeatureScale.Linear("rho", ConstituentCone.Global, 0, 50), FeatureScale.Linear("tau_pt", ConstituentCone.Global, 20, 1000),
        FeatureScale.Identity("has_track"), FeatureScale.Identity("share"),
        .. new[] { "ele", "gamma", "Electron", "muon", "Muon" }.Select(name => FeatureScale.Identity($"{name}_valid")),
        .. Normal("ele_rel_pt", RelPt), .. Normal("gamma_rel_pt", RelPt), .. Normal("dxy", Dxy),
        .. Linear("ele_deta"), .. Linear("ele_dphi"),
    ]);

    public static GridLayout Layout(bool withoutInner = false, int outer = 21)
    {
        FeatureGroup global = new("GridGlobal", [One("rho", "rho"), One("tau_pt", "tau_pt")]);
        return new GridLayout(
            [
                new GridLocation("inner", new EtaPhiGrid(11, 11, 0.02), ConstituentCone.Inner),
                new GridLocation("outer", new EtaPhiGrid(outer, outer, 0.05), ConstituentCone.Outer, withoutInner),
            ],
            [
                new GridComponent("egamma", [
                    global,
                    Objects("PfCand_electron", "pfCand", 2, [
                        One("ele_valid", "1"), One("ele_rel_pt", "pfCand_pt / tau_pt"), One("ele_deta", "pfCand_eta - tau_eta"),
                        One("ele_dphi", "deltaphi(pfCand_phi, tau_phi)"), One("has_track", "pfCand_hasTrackDetails == 1"),
                        One("dxy", "pfCand_dxy", "pfCand_hasTrackDetails == 1 and isfinite(pfCand_dxy)"),
                    ]),
                    Objects("PfCand_gamma", "pfCand", 4, [One("gamma_valid", "1"), One("gamma_rel_pt", "pfCand_pt / tau_pt")]),
                    Objects("Electron", "ele", null, [One("Electron_valid", "1"), One("share", "ele_pt / sum(ele_pt)")]),
                ]),
                new GridComponent("muon", [
                    global, Objects("PfCand_muon", "pfCand", 3, [One("muon_valid", "1")]),
                    Objects("Muon", "muon", null, [One("Muon_valid", "1")]),
                ]),
            ],
            Cones);
    }

    /// <summary>The columns of one cell of egamma and of muon, from the candidates' numbers.</summary>
    public static (float[] Egamma, float[] Muon) Cell(
        PlainTau tau, int location, int eta, int phi, bool withoutInner = false, int outer = 21)
    {
        PlainObject? Best(IEnumerable<PlainObject> those) => those
            .Where(one => IsIn(one, tau, location, withoutInner) && CellOf(one, tau, location, outer) == (eta, phi))
            .Aggregate((PlainObject?)null, (best, one) => best is null || one.Pt > best.Pt ? one : best);

        PlainObject?[] found =
        [
            Best(tau.PfCands.Where(one => one.Type == 2)), Best(tau.PfCands.Where(one => one.Type == 4)), Best(tau.Electrons),
            Best(tau.PfCands.Where(one => one.Type == 3)), Best(tau.Muons),
        ];
        float[] egamma = new float[12], muon = new float[4];
        if (found.All(one => one is null)) return (egamma, muon);
        muon[0] = egamma[0] = Math.Clamp((tau.Rho - 25) / 25, -1, 1);
        muon[1] = egamma[1] = Math.Clamp((tau.Pt - 510) / 490, -1, 1);
        if (found[0] is { } pf)
        {
            (float mean, float std) = RelPt[location];
            egamma[2] = 1;
            egamma[3] = Math.Clamp((pf.Pt / tau.Pt - mean) / std, -5, 5);
            egamma[4] = Math.Clamp((pf.Eta - tau.Eta) / Reach[location], -1, 1);
            egamma[5] = Math.Clamp((float)Difference(pf.Phi, tau.Phi) / Reach[location], -1, 1);
            egamma[6] = pf.HasTrack;
            if (pf.HasTrack == 1 && float.IsFinite(pf.Dxy))
                egamma[7] = Math.Clamp((pf.Dxy - Dxy[location].Mean) / Dxy[location].Std, -5, 5);
        }
        if (found[1] is { } photon)
        {
            egamma[8] = 1;
            egamma[9] = Math.Clamp((photon.Pt / tau.Pt - RelPt[location].Mean) / RelPt[location].Std, -5, 5);
        }
        if (found[2] is { } electron) (egamma[10], egamma[11]) = (1, electron.Pt / tau.Electrons.Sum(one => one.Pt));
        if (found[3] is not null) muon[2] = 1;
        if (found[4] is not null) muon[3] = 1;
        return (egamma, muon);
    }

    /// <summary>Whether an object enters a grid: 1.2.</summary>
    public static bool IsIn(PlainObject one, PlainTau tau, int location, bool withoutInner)
    {
        double deta = (double)one.Eta - tau.Eta, distance = Math.Sqrt(Math.Pow(deta, 2) + Math.Pow(Difference(one.Phi, tau.Phi), 2));
        double signal = Math.Max(3 / Math.Max(tau.Pt, 30.0), 0.05);
        return location == 0 ? distance < signal : distance < 0.5 && (!withoutInner || !(distance < signal));
    }

    /// <summary>The cell of an object, from 0: 1.3.</summary>
    public static (int Eta, int Phi) CellOf(PlainObject one, PlainTau tau, int location, int outer)
    {
        (int n, double size) = location == 0 ? (11, 0.02) : (outer, 0.05);
        int Index(double x) => n % 2 == 1 ? Math.Sign(x) * (int)Math.Floor(Math.Abs(x) / size + 0.5) : (int)Math.Floor(x / size);
        return (Index((double)one.Eta - tau.Eta) + n / 2, Index(Difference(one.Phi, tau.Phi)) + n / 2);
    }

    private static double Difference(float phi, float other)
    {
        double difference = (double)phi - other;
        while (difference > Math.PI) difference -= 2 * Math.PI;
        while (difference <= -Math.PI) difference += 2 * Math.PI;
        return difference;
    }

    private static FeatureGroup Objects(string name, string kind, int? type, Feature[] features) =>
        new(name, [.. features.Select(feature => feature with { Constituents = kind, ByCone = true })])
        {
            Constituents = kind,
            When = type is { } code ? Expression.Parse($"pfCand_particleType == {code}", "test") : null,
            Require = type is null ? null : Expression.Parse("pfCand_particleType in {0, 1, 2, 3, 4, 5, 6, 7}", "campaign.yaml:7"),
        };

    private static Feature One(string name, string value, string? when = null) => new(name, ScalingKind.NoScaling, null)
    {
        Value = Expression.Parse(value, "test"),
        When = when is null ? null : Expression.Parse(when, "test"),
    };

    private static IEnumerable<FeatureScale> Normal(string name, (float Mean, float Std)[] constants) =>
    [
        FeatureScale.Stored(name, ConstituentCone.Inner, ScalingKind.Normal, (constants[0].Mean, constants[0].Std, -5, 5)),
        FeatureScale.Stored(name, ConstituentCone.Outer, ScalingKind.Normal, (constants[1].Mean, constants[1].Std, -5, 5)),
    ];

    private static IEnumerable<FeatureScale> Linear(string name) =>
    [
        FeatureScale.Linear(name, ConstituentCone.Inner, -0.1, 0.1), FeatureScale.Linear(name, ConstituentCone.Outer, -0.5, 0.5),
    ];
}
