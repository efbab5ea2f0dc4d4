using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>
/// <c>split: caps:</c>: at most so many rows of a dataset in each class and bin of a part that is not mixed, so that no sample is larger
/// than its evaluation needs.
/// </summary>
/// <param name="Most">The cap of each part that has one.</param>
/// <param name="AbsEta">Bins of abs eta.</param>
/// <param name="Pt">Bins of pt in GeV.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record SplitCaps(IReadOnlyDictionary<string, int> Most, BinEdges AbsEta, BinEdges Pt, SettingsUsed Used)
{
    /// <summary>No caps.</summary>
    public static SplitCaps None { get; } = new(new Dictionary<string, int>(), new BinEdges(0, 1), new BinEdges(0, 1), SettingsUsed.None);

    /// <summary>Whether any part has one.</summary>
    public bool IsWanted => Most.Count > 0;

    /// <summary>Reads them from the block <c>split:</c>; the bins are those of <c>definitions: binning:</c>.</summary>
    public static SplitCaps Read(ConfigBlock split, SplitSettings parts, SpectrumSettings binning)
    {
        string[] unmixed = [.. parts.Parts.Except(parts.MixedParts)];
        var most = new Dictionary<string, int>(StringComparer.Ordinal);
        SettingsUsed used = SettingsUsed.None;
        foreach ((string part, int rows) in split.WholeMap("caps", 1))
        {
            if (!unmixed.Contains(part))
                split.Wrong("caps", unmixed.Length == 0 ? "no caps with folds" : $"parts that are not mixed: {string.Join(", ", unmixed)}", part);
            most[part] = rows;
            used = used.And($"split.caps.{part}", SettingsUsed.Canonical(rows));
        }
        return most.Count == 0 ? None : new SplitCaps(most, binning.AbsEta, binning.Pt, used.And(binning.Used));
    }

    /// <summary>The cap of each part, and what it leaves of a dataset's cells.</summary>
    internal IReadOnlyDictionary<string, (BinCap Cap, SortedDictionary<int, ulong> Limits)> Of(
        StepRun run, Artifact<CapLimitsFile> limits)
    {
        CapLimitsFile read = run.Read(limits);
        return Caps(run.Seed("caps")).ToDictionary(part => part.Key, part => (part.Value, read.Limits[part.Key]));
    }

    /// <summary>The cap of each part, without candidates as yet.</summary>
    internal IReadOnlyDictionary<string, BinCap> Caps(ulong seed) =>
        Most.ToDictionary(part => part.Key, part => new BinCap((AbsEta, Pt), part.Value, CounterRandom.Key(seed, part.Key)));
}

/// <summary>The limits that caps set for one dataset: one step that sees all its files.</summary>
internal sealed class CapStep(Dataset dataset, SplitCaps caps, IEnumerable<Expression> rules)
{
    /// <summary>What the step makes.</summary>
    public Artifact<CapLimitsFile> Limits { get; } = new($"split/caps/{dataset.Name}.json");

    /// <summary>The columns that it reads.</summary>
    public string[] Columns { get; } =
    [
        .. CandidateColumns.Identity.Concat(CandidateColumns.Kinematics)
            .Append(CandidateColumns.Type).Concat(rules.SelectMany(rule => rule.Columns)).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Its work: goes through the shards of the dataset, one after the other.</summary>
    public void Find(StepRun run, IReadOnlyList<(Artifact Shard, Artifact<RowList> Duplicates)> files, Func<SplitPlaces> placesOf)
    {
        IReadOnlyDictionary<string, BinCap> found = caps.Caps(run.Seed("caps"));
        SplitPlaces places = placesOf();
        foreach ((Artifact shard, Artifact<RowList> repeated) in files)
        {
            HashSet<long> duplicates = [.. run.Read(repeated).Rows];
            long first = 0;
            foreach (Batch batch in new ShardSequence(run, [shard]).Batches())
            {
                foreach (PlacedRows placed in places.Of(batch, first, duplicates, (_, _) => { }))
                    if (found.TryGetValue(places.Names[placed.Part], out BinCap? cap)) cap.Add(batch, placed.Rows);
                first += batch.Rows;
            }
        }
        run.Write(Limits, new CapLimitsFile(new(found.ToDictionary(part => part.Key, part => part.Value.Limits), StringComparer.Ordinal)));
    }
}
