using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>A column of weights that give simulated candidates the pile-up of data; those of real data, embedded ones too, are 1.</summary>
/// <param name="Column">The column made, and how much pile-up an event has.</param>
/// <param name="Data">File and histogram of the pile-up of data.</param>
/// <param name="Simulation">Those of the simulation.</param>
/// <param name="ZeroOutside">Whether events that the simulation's histogram does not have count nothing, instead of being an error.</param>
public sealed record PileUpColumn(
    DerivedColumn Column, (Artifact File, string Histogram) Data, (Artifact File, string Histogram) Simulation, bool ZeroOutside)
{
    /// <summary>The weights, from the step's files.</summary>
    internal PileUpWeights Weights(StepRun run)
    {
        using PileUpFile data = run.Stream<PileUpFile>(Data.File), simulation = run.Stream<PileUpFile>(Simulation.File);
        return new PileUpWeights(data.Profile(Data.Histogram), simulation.Profile(Simulation.Histogram), ZeroOutside);
    }
}

/// <summary>The block <c>ingest: pile_up:</c>, by the names of the columns that it makes.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record PileUpSettings(IReadOnlyList<PileUpColumn> Columns, SettingsUsed Used)
{
    /// <summary>The files that the weights are made of.</summary>
    public IEnumerable<StepInput> Inputs => Columns.SelectMany(column =>
        new[] { new StepInput("pile-up of data", column.Data.File), new StepInput("pile-up of simulation", column.Simulation.File) });

    /// <summary>Reads the entries of <c>ingest:</c>.</summary>
    internal static PileUpSettings Read(ConfigBlock ingest)
    {
        var columns = new List<PileUpColumn>();
        IReadOnlyList<(string Name, ConfigBlock Block)> blocks = ingest.Blocks("pile_up");
        SettingsUsed used = ingest.Used();
        foreach ((string name, ConfigBlock block) in blocks)
        {
            string variable = block.Text("column", "npu"), ofData = block.Text("data_histogram", "pileup");
            string ofSimulation = block.Text("simulation_histogram", "pileup");
            Expression? pileUp = block.Mistakes.Try<Expression?>(() => Expression.Parse(variable, block.At("column")), null);
            bool zero = block.Choice("outside", ["fail", "zero"], "fail") == "zero";
            Artifact? data = FileOf(block, "data"), simulation = FileOf(block, "simulation");
            if (pileUp is not null && data is not null && simulation is not null)
                columns.Add(new PileUpColumn(new DerivedColumn(name, pileUp), (data, ofData), (simulation, ofSimulation), zero));
            used = used.And(block.Used());
        }
        return new PileUpSettings(columns, used.And("ingest.pile_up", blocks.Select(block => block.Name)));
    }

    private static Artifact? FileOf(ConfigBlock block, string side)
    {
        RawEntry[] files = [.. block.Block(side).List("inputs").Select(file => RawEntry.Read($"{block.Path}/{side}", file))];
        if (files is [var one]) return one.File;
        block.Wrong(side, "one ROOT file", $"{files.Length}");
        return null;
    }
}
