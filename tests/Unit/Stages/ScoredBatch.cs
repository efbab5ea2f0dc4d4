using TauPipeline.Columns;
using TauPipeline.Physics;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Scored rows at pt 30, eta 0, decay mode 1 with weight 1, each of an event of its own.</summary>
internal static class ScoredBatch
{
    /// <summary>Rows of these scores for tau and jet; the other classes have none.</summary>
    public static Batch Of(params (float Tau, float Jet)[] rows) => new(
    [
        Constant(CandidateColumns.Run, 1u, rows.Length), Constant(CandidateColumns.Lumi, 1u, rows.Length),
        new Column<ulong>(CandidateColumns.Evt, rows.Select((_, i) => (ulong)i).ToArray()),
        Constant(CandidateColumns.Weight, 1f, rows.Length),
        Constant(CandidateColumns.Pt, 30f, rows.Length),
        Constant(CandidateColumns.Eta, 0f, rows.Length),
        Constant(CandidateColumns.DecayMode, 1, rows.Length),
        .. StandardClasses.Scheme.Trained.Select(one => new Column<float>(
            CandidateColumns.Score(one),
            rows.Select(row =>
                    one.Name switch
                    {
                        "tau" => row.Tau,
                        "jet" => row.Jet,
                        _ => 0,
                    })
                .ToArray())),
    ]);

    public static Column<T> Constant<T>(string name, T value, int rows)
        where T : unmanaged => new(name, Enumerable.Repeat(value, rows).ToArray());
}
