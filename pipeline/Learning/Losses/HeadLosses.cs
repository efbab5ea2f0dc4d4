using TauPipeline.Foundation;

namespace TauPipeline.Learning;

/// <summary>The losses of all heads of a network, added up.</summary>
internal sealed class HeadLosses
{
    private readonly IReadOnlyList<(OutputHead Head, HeadLossPlan Plan)> _heads;
    private readonly CrossEntropy _loss = new(0);

    /// <summary>Those of a network.</summary>
    /// <exception cref="Misuse">A plan does not fit its head.</exception>
    public HeadLosses(IReadOnlyList<OutputHead> heads, IReadOnlyList<HeadLossPlan> plans)
    {
        if (plans.Count != heads.Count)
            throw LearningErrors.NoNetwork("loss", $"losses of {plans.Count} heads", $"of {heads.Count}");
        _heads = [.. heads.Zip(plans)];
        foreach ((OutputHead head, HeadLossPlan plan) in _heads)
        {
            if (head.Values < 2) throw LearningErrors.NoNetwork($"head '{head.Name}'", $"{head.Values} values", "at least 2");
            if (plan.Factors.Count > 0 && plan.Factors.Count != head.Values)
                throw LearningErrors.NoNetwork($"head '{head.Name}'", $"factors of {plan.Factors.Count} values", $"of {head.Values}");
        }
    }

    /// <summary>How many logits the heads have.</summary>
    public int Width => _heads.Sum(one => one.Head.Values);

    /// <summary>The loss of one row.</summary>
    /// <param name="batch">Where it is.</param>
    /// <param name="row">Which it is.</param>
    /// <param name="logits">Those of all heads.</param>
    /// <param name="slopes">Takes the derivative by each.</param>
    public double Of(TrainingBatch batch, int row, ReadOnlySpan<double> logits, Span<double> slopes)
    {
        double sum = 0;
        slopes.Clear();
        for (int i = 0; i < _heads.Count; i++)
        {
            (OutputHead head, HeadLossPlan plan) = _heads[i];
            if (batch.Targets![i][row] is >= 0 and int target)
            {
                double factor = plan.Factor * (plan.Factors.Count > 0 ? plan.Factors[target] : 1);
                sum += factor * _loss.Of(logits[..head.Values], target, slopes[..head.Values]);
                foreach (ref double slope in slopes[..head.Values]) slope *= factor;
            }
            logits = logits[head.Values..];
            slopes = slopes[head.Values..];
        }
        return sum;
    }
}
