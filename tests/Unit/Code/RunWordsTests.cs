using System.Text.Json;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tasks;
using Xunit;

namespace TauPipeline.Tests.Unit.Code;

/// <summary>What MSBuild is told of a run that went well.</summary>
public sealed class RunWordsTests
{
    [Fact]
    public void The_summary_counts_every_outcome_that_is_no_failure_of_another_step()
    {
        string counts = string.Join(',', Enum.GetValues<StepOutcome>().Select(outcome => $"\"{outcome}\":{(int)outcome + 1}"));
        using JsonDocument line = JsonDocument.Parse($"{{\"event\":\"summary\",{counts}}}");

        RunWords.Summary(line.RootElement).ShouldBe("3 steps ran, 3 restored, 5 up to date, 4 cut off, 6 failed");
    }

    [Fact]
    public void A_restored_step_is_news_as_one_that_ran() =>
        Enum.GetValues<StepOutcome>()
            .Where(outcome => RunWords.IsNews($"{outcome}"))
            .ShouldBe([StepOutcome.Ran, StepOutcome.RanUnchanged, StepOutcome.Restored]);
}
