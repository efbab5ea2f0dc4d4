using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class ExclusiveRulesTests
{
    private static readonly Batch Events = new([new Column<ulong>("evt", Enumerable.Range(0, 10).Select(evt => (ulong)evt).ToArray())]);

    // UPP, section 2.1.
    [Fact]
    public void Event_numbers_modulo_ten_give_the_parts_of_UPP() =>
        Rules("evt % 10 <= 7", "evt % 10 == 8", "evt % 10 == 9").Of(Events).ShouldBe([0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);

    [Fact]
    public void A_row_may_meet_none() => Rules("evt == 3").Of(Events).ShouldBe([-1, -1, -1, 0, -1, -1, -1, -1, -1, -1]);

    [Fact]
    public void A_row_that_meets_two_is_an_error_that_names_both()
    {
        StepFailed error = Should.Throw<StepFailed>(() => Rules("evt < 5", "evt == 4").Of(Events));

        error.Text.Title.ShouldBe("a row belongs to two: part 'r0' and 'r1'");
        error.Text.Facts.ShouldContain(("row", "4"));
    }

    private static ExclusiveRules Rules(params string[] texts) =>
        new("part", [.. texts.Select((text, i) => ($"r{i}", Expression.Parse(text, "test")))]);
}
