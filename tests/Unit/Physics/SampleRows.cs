using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>Candidates with the columns that sampling looks at.</summary>
internal static class SampleRows
{
    /// <summary>Candidates of these events, all of run 1 and section 1.</summary>
    public static Batch OfEvents(params ulong[] events) => Identified([.. events.Select(evt => (evt, 0))]);

    /// <summary>Candidates of these events and tau indices, with kinematics of a sample's own that follow from both.</summary>
    public static Batch Identified(params (ulong Evt, int Tau)[] rows) => Identified(0, rows);

    /// <summary>The same of another sample.</summary>
    public static Batch Identified(int sample, params (ulong Evt, int Tau)[] rows) => new(
    [
        new Column<float>(CandidateColumns.Pt, rows.Select(row => 20f + row.Evt + row.Tau / 8f + sample / 64f).ToArray()),
        new Column<float>(CandidateColumns.Eta, rows.Select(row => 0.5f - row.Tau).ToArray()),
        new Column<float>(CandidateColumns.Phi, rows.Select(row => 1f + row.Tau).ToArray()),
        new Column<int>(CandidateColumns.DecayMode, rows.Select(row => row.Tau).ToArray()),
        new Column<short>("tau_charge", rows.Select(_ => (short)1).ToArray()),
        new Column<uint>(CandidateColumns.Run, rows.Select(_ => 1u).ToArray()),
        new Column<uint>(CandidateColumns.Lumi, rows.Select(_ => 1u).ToArray()),
        new Column<ulong>(CandidateColumns.Evt, rows.Select(row => row.Evt).ToArray()),
        new Column<int>(CandidateColumns.JetIndex, new int[rows.Length]),
        new Column<int>(CandidateColumns.TauIndex, rows.Select(row => row.Tau).ToArray()),
    ]);

    /// <summary>Taus and jets by turns of chance, pt falling from 20 GeV on, eta even in (-2.3, 2.3), two datasets.</summary>
    public static Batch Random(int rows, ulong seed)
    {
        var (type, dataset, pt, eta) = (new int[rows], new int[rows], new float[rows], new float[rows]);
        for (int i = 0; i < rows; i++)
        {
            var random = new CounterRandom(seed, (ulong)i);
            type[i] = (random.NextDouble() < 0.4 ? StandardClasses.Tau : StandardClasses.Jet).Index;
            dataset[i] = random.NextDouble() < 0.7 ? 0 : 1;
            pt[i] = (float)(20 + 30 * random.NextExponential());
            eta[i] = (float)(4.6 * random.NextDouble() - 2.3);
        }
        return Of(type, pt, eta).With(new Column<int>(CandidateColumns.Dataset, dataset));
    }

    /// <summary>Candidates of these types, pt and eta.</summary>
    public static Batch Of(int[] type, float[] pt, float[] eta) =>
        new([
            new Column<int>(CandidateColumns.Type, type),
            new Column<float>(CandidateColumns.Pt, pt),
            new Column<float>(CandidateColumns.Eta, eta),
        ]);
}
