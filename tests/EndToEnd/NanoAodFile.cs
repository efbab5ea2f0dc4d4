using TauPipeline.Columns;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>
/// A small NanoAOD file of a newer kind, written with our own writer: ordinals instead of bits, DeepTau 2018v2p5, 16-bit
/// indices, and neither gen-jet links nor most of the isolation sums. Two candidates an event, whose values follow from their number.
/// </summary>
internal sealed class NanoAodFile
{
    private const int PerEvent = 2;

    private readonly int _events;

    public NanoAodFile(int events) => _events = events;

    public int Candidates => _events * PerEvent;

    /// <summary>Truth as NanoAOD writes it: every class, unmatched ones too.</summary>
    public static byte Flavour(int candidate) => (candidate % 8) switch { 0 or 3 or 6 => 5, 1 or 4 => 0, 2 => 1, 5 => 2, _ => 3 };

    /// <summary>DeepTau's working points against jets as an ordinal: 3 to 8 for taus, 0 to 5 for all others.</summary>
    public static byte PassedAgainstJets(int candidate) => (byte)(candidate / 8 % 6 + (Flavour(candidate) == 5 ? 3 : 0));

    /// <summary>Anti-muon working points as an ordinal: 2, which no mask of nested points is, for all but muons.</summary>
    public static byte PassedAgainstMuons(int candidate) => (byte)(Flavour(candidate) == 2 ? candidate / 8 % 2 : 2);

    public void Write(string path)
    {
        Batch batch = Entries();
        using RootFileWriter file = RootFileWriter.Create(path, RootCompression.Zlib);
        file.Tree("Events", batch.Schema).Append(batch);
    }

    /// <summary>A file of events without taus' branches.</summary>
    public static void WriteWithoutCandidates(string path)
    {
        Batch whole = new NanoAodFile(1).Entries(), batch = whole.Only(["run", "luminosityBlock", "event"]);
        using RootFileWriter file = RootFileWriter.Create(path, RootCompression.Zlib);
        file.Tree("Events", batch.Schema).Append(batch);
    }

    private Batch Entries() => new(
    [
        new Column<uint>("run", OfEvents(_ => 1u)),
        new Column<uint>("luminosityBlock", OfEvents(i => (uint)(i / 100))),
        new Column<ulong>("event", OfEvents(i => (ulong)(1000 + i))),
        new Column<float>("Rho_fixedGridRhoFastjetAll", OfEvents(i => 10f + i % 7)),
        Tau("pt", i => 21f + 3 * (i % 29)),
        Tau("eta", i => 0.05f * (i % 90) - 2.2f),
        Tau("phi", i => 0.06f * (i % 100) - 3f),
        Tau("mass", i => 0.2f + 0.01f * (i % 80)),
        Tau("dz", i => 0.001f * (i % 11)),
        Tau("dxy", i => 0.001f * (i % 13)),
        Tau("charge", i => (short)(1 - i % 2 * 2)),
        Tau("decayMode", i => (byte)(i % 3 == 0 ? 10 : i % 2)),
        Tau("chargedIso", i => Flavour(i) == 0 ? 3f + i % 5 : 0.1f * (i % 5)),
        Tau("jetIdx", i => (short)(i % PerEvent)),
        Tau("genPartFlav", Flavour),
        Tau("idDeepTau2018v2p5VSjet", PassedAgainstJets),
        Tau("rawDeepTau2018v2p5VSjet", i => PassedAgainstJets(i) / 9f),
        Tau("idAntiMu", PassedAgainstMuons),
        Jagged("Jet", "mass", i => 5f + i % 9),
        Jagged("Jet", "chHEF", i => 0.1f * (i % 10)),
        Jagged("Jet", "nConstituents", i => (byte)(3 + i % 20)),
        Jagged("Muon", "pt", i => 5f + i % 7),
    ]);

    private T[] OfEvents<T>(Func<int, T> value) => [.. Enumerable.Range(0, _events).Select(value)];

    private JaggedColumn<T> Tau<T>(string name, Func<int, T> value) where T : unmanaged => Jagged("Tau", name, value);

    private JaggedColumn<T> Jagged<T>(string table, string name, Func<int, T> value) where T : unmanaged =>
        new(
            $"{table}_{name}",
            table,
            Enumerable.Range(0, _events + 1).Select(i => i * PerEvent).ToArray(),
            Enumerable.Range(0, Candidates).Select(value).ToArray());
}
