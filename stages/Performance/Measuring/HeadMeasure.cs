using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>
/// Measures a head of the network on the rows that have a true value: the value of the largest score, beside the reconstructed one.
/// </summary>
/// <param name="head">The head.</param>
/// <param name="shards">Its scores.</param>
internal sealed class HeadMeasure(HeadSettings head, IReadOnlyList<PartShard> shards)
{
    /// <summary>All numbers of a head.</summary>
    public static Artifact<HeadFile> Of(HeadSettings head) => new($"metrics/heads/{head.Name}.json");

    /// <summary>What reads the scores.</summary>
    public Step Step(string stage) => new()
    {
        Stage = stage,
        Key = head.Name,
        Reads =
        [
            .. shards.Select(shard => new StepInput(
                "scores", shard.Shard, [.. head.ScoreColumns.Concat(head.Columns).Distinct(StringComparer.Ordinal)])),
        ],
        Writes = [Of(head)],
        Settings = head.Measured,
        Tools = [.. MathLibrary.Tools, .. Expressions.Expression.ToolsOf(head.Expressions)],
        Work = Measure,
    };

    private void Measure(StepRun run)
    {
        var counts = new GuessCounts(head.Values.Count);
        foreach (PartShard shard in shards)
        {
            using TupleShardReader reader = run.Stream<TupleShardReader>(shard.Shard);
            foreach (Batch rows in reader.Batches())
            {
                run.Cancellation.ThrowIfCancellationRequested();
                int[] truth = head.TargetsOf(rows), guessed = Guessed(rows);
                int[] known = head.Reconstructed is { } other ? head.PlacesOf(other, rows) : guessed;
                for (int row = 0; row < truth.Length; row++)
                    if (truth[row] >= 0) counts.Add(truth[row], guessed[row], known[row]);
            }
        }
        bool isCompared = head.Reconstructed is not null;
        run.Write(Of(head), new HeadFile(
            head.Name,
            [.. head.Values.Select(value => value.Name)],
            [Guesses("Network", counts, true), .. isCompared ? new[] { Guesses("Reconstructed", counts, false) } : []],
            isCompared && counts.Difference() is var (value, range) ? new(value, range.Low, range.High) : null));
    }

    // The largest score's, of equal ones the first; none where there was no network to score.
    private int[] Guessed(Batch rows)
    {
        var best = new int[rows.Rows];
        Array.Fill(best, -1);
        float[] largest = new float[rows.Rows];
        Array.Fill(largest, float.NegativeInfinity);
        for (int value = 0; value < head.Values.Count; value++)
        {
            ReadOnlySpan<float> scores = rows.Flat<float>(head.ScoreColumns[value]);
            for (int row = 0; row < best.Length; row++)
                if (scores[row] > largest[row]) (best[row], largest[row]) = (value, scores[row]);
        }
        return best;
    }

    private HeadGuesses Guesses(string title, GuessCounts counts, bool ofFirst)
    {
        IReadOnlyList<IReadOnlyList<long>> table = counts.Table(ofFirst);
        double balanced = counts.Balanced(ofFirst);
        long all = table.Sum(row => row.Sum()), right = 0;
        for (int truth = 0; truth < table.Count; truth++)
            for (int guess = 0; guess < table.Count; guess++)
                if (head.GroupOf(truth) is { } group && group == head.GroupOf(guess)) right += table[truth][guess];
        return new(
            title,
            table,
            [.. table.Select((row, truth) => Share(row[truth], row.Sum()))],
            double.IsNaN(balanced) ? null : balanced,
            head.Groups.Count > 0 ? Share(right, all) : null);
    }

    private static IntervalEntry Share(long right, long of) =>
        ClopperPearson.Of(right, of) is { } range ? new((double)right / of, range.Low, range.High, right, of) : new(null, null, null, 0, 0);
}
