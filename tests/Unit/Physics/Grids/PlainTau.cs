using TauPipeline.Columns;

namespace TauPipeline.Tests.Unit.Physics.Grids;

/// <summary>A constituent, as numbers.</summary>
internal sealed record PlainObject(float Pt, float Eta, float Phi, int Type = 0, float Dxy = 0, int HasTrack = 0);

/// <summary>A candidate with its constituents, as numbers: what a dense reference and the columns of a batch are made of.</summary>
internal sealed record PlainTau(float Pt, float Eta, float Phi, float Rho)
{
    public IReadOnlyList<PlainObject> PfCands { get; init; } = [];
    public IReadOnlyList<PlainObject> Electrons { get; init; } = [];
    public IReadOnlyList<PlainObject> Muons { get; init; } = [];

    /// <summary>Whole pts, so that many are equal; directions that cross the edge of phi.</summary>
    public static PlainTau Random(Random random, bool hasTies = true)
    {
        float eta = Between(-2.3, 2.3), phi = random.Next(3) == 0 ? Between(3.0, Math.PI) : Between(-Math.PI, Math.PI);
        return new PlainTau(Between(15, 200), eta, phi, Between(0, 60))
        {
            PfCands = [.. Enumerable.Range(0, random.Next(40)).Select(_ => Object())],
            Electrons = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Object())],
            Muons = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Object())],
        };

        float Between(double low, double high) => (float)(low + (high - low) * random.NextDouble());

        PlainObject Object()
        {
            double reach = random.Next(2) == 0 ? 0.12 : 0.6, turned = phi + reach * (2 * random.NextDouble() - 1);
            float dxy = random.Next(5) switch { 0 => float.NaN, 1 => float.PositiveInfinity, _ => Between(-1, 1) };
            return new PlainObject(
                hasTies ? random.Next(1, 6) : Between(1, 60), eta + Between(-reach, reach),
                (float)(turned > Math.PI ? turned - 2 * Math.PI : turned <= -Math.PI ? turned + 2 * Math.PI : turned),
                random.Next(8), dxy, random.Next(2));
        }
    }

    /// <summary>The columns of a tuple of these.</summary>
    public static Batch Batch(IReadOnlyList<PlainTau> taus) => new(
    [
        Flat("tau_pt", tau => tau.Pt, taus), Flat("tau_eta", tau => tau.Eta, taus), Flat("tau_phi", tau => tau.Phi, taus),
        Flat("rho", tau => tau.Rho, taus),
        .. Kinematics("pfCand", tau => tau.PfCands, taus), .. Kinematics("ele", tau => tau.Electrons, taus),
        .. Kinematics("muon", tau => tau.Muons, taus),
        List("pfCand_particleType", tau => tau.PfCands, one => one.Type, taus),
        List("pfCand_dxy", tau => tau.PfCands, one => one.Dxy, taus),
        List("pfCand_hasTrackDetails", tau => tau.PfCands, one => one.HasTrack, taus),
    ], taus.Count);

    private static Column<float> Flat(string name, Func<PlainTau, float> value, IReadOnlyList<PlainTau> taus) =>
        new(name, taus.Select(value).ToArray());

    private static IEnumerable<Column> Kinematics(
        string kind, Func<PlainTau, IReadOnlyList<PlainObject>> of, IReadOnlyList<PlainTau> taus) =>
    [
        List($"{kind}_pt", of, one => one.Pt, taus), List($"{kind}_eta", of, one => one.Eta, taus),
        List($"{kind}_phi", of, one => one.Phi, taus),
    ];

    private static JaggedColumn<T> List<T>(
        string name, Func<PlainTau, IReadOnlyList<PlainObject>> of, Func<PlainObject, T> value, IReadOnlyList<PlainTau> taus)
        where T : unmanaged
    {
        int[] offsets = new int[taus.Count + 1];
        for (int row = 0; row < taus.Count; row++) offsets[row + 1] = offsets[row] + of(taus[row]).Count;
        return new(name, name.Split('_')[0], offsets, taus.SelectMany(of).Select(value).ToArray());
    }
}
