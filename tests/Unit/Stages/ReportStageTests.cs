using Shouldly;
using TauPipeline.BuildGraph;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>What the step declares; the page itself is Plotting's, and its making is in the end-to-end tests.</summary>
public sealed class ReportStageTests
{
    [Fact]
    public void The_report_follows_every_ledger_of_the_campaign()
    {
        IReadOnlyList<IStage> stages = Campaigns.Smoke();

        string[] ledgers = [.. stages.SelectMany(stage => stage.Steps()).Where(step => step.CountsRows).Select(step => step.Ledger.Path)];
        Step report = stages.Single(stage => stage.Name == "Report").Steps().Single();
        ledgers.ShouldNotBeEmpty();
        report.Reads.Where(read => read.Role == "ledger").Select(read => read.Artifact.Path).ShouldBe(ledgers);
        report.Reads.ShouldContain(read => read.Artifact.Kind == ArtifactKind.Lineage);
    }
}
