using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>
/// The pairwise discriminator p_tau / (p_tau + p_X), 0 where p_tau is 0 (training-and-evaluation 0); not a number where either is none.
/// </summary>
public static class ScoreVs
{
    /// <summary>The score of one candidate.</summary>
    public static double Of(double tau, double other) =>
        tau > 0 ? tau / (tau + other)
        : double.IsNaN(tau) || double.IsNaN(other) ? double.NaN
        : 0;

    /// <summary>The scores of rows that carry the network's outputs: all signals together against one background.</summary>
    /// <exception cref="StepFailed">A probability is not in [0, 1].</exception>
    public static double[] Of(ClassScheme classes, TauClass against, Batch rows)
    {
        ReadOnlySpan<float> signal = rows.Flat<float>(CandidateColumns.Score(classes.Signals[0]));
        if (classes.Signals.Count > 1) signal = Sum(classes.Signals, rows);
        return Of(against, signal, rows.Flat<float>(CandidateColumns.Score(against)));
    }

    /// <summary>The scores of some candidates against one class.</summary>
    /// <exception cref="StepFailed">A probability is not in [0, 1].</exception>
    public static double[] Of(TauClass against, ReadOnlySpan<float> tau, ReadOnlySpan<float> other)
    {
        if (tau.Length != other.Length) throw new Defect($"{tau.Length} tau probabilities and {other.Length} of {against.Name}");
        var scores = new double[tau.Length];
        for (int row = 0; row < scores.Length; row++)
        {
            if (!(tau[row] is >= 0 and <= 1 or float.NaN && other[row] is >= 0 and <= 1 or float.NaN))
                throw PhysicsErrors.NotAScore(against, row, tau[row], other[row]);
            scores[row] = Of(tau[row], other[row]);
        }
        return scores;
    }

    // Rounding may carry the sum of probabilities past 1
    private static float[] Sum(IReadOnlyList<TauClass> signals, Batch rows)
    {
        var sum = new float[rows.Rows];
        foreach (TauClass one in signals)
        {
            ReadOnlySpan<float> score = rows.Flat<float>(CandidateColumns.Score(one));
            for (int row = 0; row < sum.Length; row++) sum[row] = Math.Min(1, sum[row] + score[row]);
        }
        return sum;
    }
}
