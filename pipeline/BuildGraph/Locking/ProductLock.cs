using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>
/// What the products of a campaign are, for a file that is kept with it: hashes of contents, never of how they were made.
/// </summary>
/// <param name="Campaign">Name of the campaign.</param>
/// <param name="Stages">Its stages, ordered by name.</param>
public sealed record ProductLock(string Campaign, IReadOnlyList<LockedStage> Stages)
{
    internal const int Format = 1;

    /// <summary>The products of these steps as an output folder's log has them.</summary>
    /// <param name="campaign">Name of the campaign.</param>
    /// <param name="steps">The steps whose products count.</param>
    /// <param name="outputFolder">Where they are; a step that is not built there has no products.</param>
    public static ProductLock Of(string campaign, IEnumerable<Step> steps, string outputFolder)
    {
        var built = BuildState.Of(outputFolder).ToDictionary(state => state.Id, state => state.Products, StringComparer.Ordinal);
        return new ProductLock(campaign, [.. steps.GroupBy(step => step.Stage).OrderBy(stage => stage.Key, StringComparer.Ordinal)
            .Select(stage => LockedStage.Of(stage.Key, stage.SelectMany(step => built.GetValueOrDefault(step.Id, []))))]);
    }

    /// <summary>Reads a lock.</summary>
    /// <exception cref="Misuse">It is not as it was written; says file and line.</exception>
    public static ProductLock Read(string file) => new LockParser(file).Parse(File.ReadAllLines(file));

    /// <summary>Writes the lock, all of it or nothing.</summary>
    public void Write(string file) =>
        WholeFile.WriteStream(file, stream => stream.Write(Encoding.UTF8.GetBytes(ToText())), survivesPowerLoss: true);

    /// <summary>The text of the file: valid YAML, sorted, a line a product, LF, no time, no host, no absolute path.</summary>
    public string ToText()
    {
        var text = new StringBuilder(
            "# What the products of this campaign are. Written by  dotnet cake --target=Lock  and not to be edited by hand.\n");
        text.Append($"format: {Format}\ncampaign: {Campaign}\nstages:\n");
        foreach (LockedStage stage in Stages)
        {
            text.Append($"  {stage.Name}:\n    digest: sha256:{stage.Digest}\n    products:\n");
            foreach (LockedLine line in stage.Lines) text.Append($"    - {line}\n");
        }
        return text.ToString();
    }

    /// <summary>Where the products that are there differ from this lock, stage by stage.</summary>
    /// <param name="found">The products that are there; must have the same stages.</param>
    /// <param name="file">The lock's file, for the message.</param>
    /// <exception cref="Misuse">The lock is of another campaign, or has other stages.</exception>
    public IReadOnlyList<LockDifference> Compare(ProductLock found, string file)
    {
        if (found.Campaign != Campaign) throw LockErrors.OtherCampaign(file, Campaign, found.Campaign);
        string[] here = [.. found.Stages.Select(stage => stage.Name)], locked = [.. Stages.Select(stage => stage.Name)];
        if (here.Except(locked).ToArray() is { Length: > 0 } missing) throw LockErrors.MissingStages(file, missing);
        if (locked.Except(here).ToArray() is { Length: > 0 } strange) throw LockErrors.StrangeStages(file, strange, here);
        return [.. found.Stages.Zip(Stages, (now, then) => Differences(now, then)).SelectMany(all => all)];
    }

    private static IEnumerable<LockDifference> Differences(LockedStage now, LockedStage then)
    {
        Dictionary<string, LockedLine> here = now.Lines.ToDictionary(line => line.What, StringComparer.Ordinal),
            locked = then.Lines.ToDictionary(line => line.What, StringComparer.Ordinal);
        return here.Keys.Union(locked.Keys)
            .Order(StringComparer.Ordinal)
            .Where(what => here.GetValueOrDefault(what) != locked.GetValueOrDefault(what))
            .Select(what => new LockDifference(now.Name, what, locked.GetValueOrDefault(what), here.GetValueOrDefault(what)));
    }
}

/// <summary>A product that is not as the lock has it.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="What">The product, or all of them.</param>
/// <param name="Locked">As locked; <see langword="null"/> if the lock has no such product.</param>
/// <param name="Found">As found; <see langword="null"/> if it is not there.</param>
public sealed record LockDifference(string Stage, string What, LockedLine? Locked, LockedLine? Found)
{
    /// <inheritdoc/>
    public override string ToString() => (Locked, Found) switch
    {
        (null, _) => $"{What} of {Stage} is not in the lock",
        (_, null) => $"{What} of {Stage} is locked but not there",
        _ => $"{What} of {Stage} differs: locked {Locked.Size} bytes {Locked.Hash.Short}…, found {Found.Size} bytes {Found.Hash.Short}…",
    };
}
