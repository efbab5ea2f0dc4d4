using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>What a control region has of some datasets and classes.</summary>
/// <param name="Group">Its name, datasets and classes.</param>
/// <param name="IsData">Whether its rows stand for data; else for simulation.</param>
/// <param name="Rows">Rows of it in each batch.</param>
/// <param name="Times">What its rows weigh for the adversary; 1 if <see langword="null"/>.</param>
/// <param name="Like">The group whose spectrum of pt it is thinned to, if any.</param>
public sealed record ControlGroup(MixGroupSettings Group, bool IsData, int Rows, Expression? Times, string? Like)
{
    private static readonly string[] Domains = ["data", "simulation"];

    /// <summary>Reads one of <c>control: groups:</c>, and what of it counts.</summary>
    internal static (ControlGroup Group, SettingsUsed Used) Read(
        string name, ConfigBlock block, IReadOnlyList<Dataset> datasets, ClassScheme classes)
    {
        if (block.Has("weight")) block.Wrong("weight", "times: an expression, what rows weigh for the adversary", block.Text("weight"));
        var group = new ControlGroup(
            MixGroupSettings.Read(name, block, datasets, classes),
            block.Choice("domain", Domains) == Domains[0],
            (int)block.Whole("rows", null, 1, 100_000),
            block.Has("times") ? SplitRegion.Parsed(block, "times") : null,
            block.Has("like") ? block.Text("like") : null);
        return (group, block.Used());
    }
}
