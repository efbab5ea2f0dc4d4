using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Sends scored rows to the signal and background of every evaluation pair that wants them, and counts the confusion of classes.
/// </summary>
internal sealed class EvaluatedRows
{
    private readonly IReadOnlyList<EvaluationPair> _pairs;
    private readonly IReadOnlyList<Discriminator> _discriminators;
    private readonly Dictionary<(EvaluationPair Pair, bool Signal), ScoredRows> _rows = [];
    private readonly ClassScheme _classes;
    private readonly MissingScores _missing;
    private readonly long[][] _confusion;

    public EvaluatedRows(EvaluationSettings evaluation, IReadOnlyList<Discriminator> discriminators)
    {
        (_pairs, _classes, _discriminators) = (evaluation.Pairs, evaluation.Classes, discriminators);
        _missing = new MissingScores(_classes);
        _confusion = [.. _classes.Trained.Select(_ => new long[_classes.Trained.Count])];
        foreach (EvaluationPair pair in _pairs)
            foreach (bool signal in new[] { true, false })
                _rows[(pair, signal)] = new ScoredRows(_classes, [.. Shown(pair)], evaluation.Weight);
    }

    public ScoredRows Signal(EvaluationPair pair) => _rows[(pair, true)];

    public ScoredRows Background(EvaluationPair pair) => _rows[(pair, false)];

    public IReadOnlyList<IReadOnlyList<long>> Confusion => _confusion;

    public void Add(string dataset, Batch rows, RowLedger ledger)
    {
        ReadOnlySpan<int> types = rows.Flat<int>(CandidateColumns.Type);
        var fate = new string?[rows.Rows];
        Array.Fill(fate, "in no evaluation pair");
        _missing.Begin(rows);
        foreach (EvaluationPair pair in _pairs)
        {
            bool[]? selected = pair.Selection?.True(rows);
            foreach (bool signal in new[] { true, false })
            {
                PairSample? sample = (signal ? pair.Signal : pair.Background).FirstOrDefault(one => one.Dataset == dataset);
                if (sample is null) continue;
                var taken = new List<int>();
                for (int i = 0; i < rows.Rows; i++)
                {
                    if (!sample.Types.Contains(_classes.Of(types[i]))) continue;
                    if (selected is not null && !selected[i]) fate[i] = fate[i] is null ? null : "not selected for evaluation";
                    else
                    {
                        taken.Add(i);
                        fate[i] = null;
                    }
                }
                if (taken.Count == 0) continue;
                _rows[(pair, signal)].Add(dataset, rows.Take([.. taken]));
                foreach (Discriminator one in Shown(pair)) _missing.Look(one, pair.Against, taken);
            }
        }
        Count(rows, types, fate, ledger);
    }

    /// <summary>Counts the rows that go on, now that it is known which discriminators have a score for some row.</summary>
    public void Finish(RowLedger ledger) => _missing.Count(ledger);

    private IEnumerable<Discriminator> Shown(EvaluationPair pair) =>
        _discriminators.Where(one => one.Has(pair.Against) || one.Points.ContainsKey(pair.Against));

    private void Count(Batch rows, ReadOnlySpan<int> types, string?[] fate, RowLedger ledger)
    {
        float[][] scores = [.. _classes.Trained.Select(one => rows.Flat<float>(CandidateColumns.Score(one)).ToArray())];
        double[] weights = rows[CandidateColumns.Weight].ToDoubles();
        for (int i = 0; i < fate.Length; i++)
        {
            string @class = _classes.Of(types[i]).Name;
            ledger.In(@class, 1, weights[i]);
            if (fate[i] is { } reason)
            {
                ledger.Dropped(reason, @class, 1, weights[i]);
                continue;
            }
            _missing.GoesOn(i, @class, weights[i]);
            if (types[i] >= 0 && types[i] < _confusion.Length && !float.IsNaN(scores[0][i])) _confusion[types[i]][Largest(scores, i)]++;
        }
    }

    private static int Largest(float[][] scores, int row)
    {
        int largest = 0;
        for (int type = 1; type < scores.Length; type++)
            if (scores[type][row] > scores[largest][row]) largest = type;
        return largest;
    }
}
