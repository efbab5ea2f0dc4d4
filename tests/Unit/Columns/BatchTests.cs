using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Columns;

public sealed class BatchTests
{
    private static readonly Batch Batch = new([
        new Column<float>("pt", new float[] { 20, 30, 40 }),
        new Column<bool>("good", new[] { true, false, true }),
        new JaggedColumn<short>("hits", "track", new[] { 0, 2, 2, 3 }, new short[] { 1, 2, -3 }),
    ]);

    [Fact]
    public void Rows_are_taken_in_any_order_and_more_than_once()
    {
        Batch taken = Batch.Take([2, 0, 2]);

        taken.Flat<float>("pt").ToArray().ShouldBe([40, 20, 40]);
        taken.Jagged<short>("hits").Offsets.ToArray().ShouldBe([0, 1, 3, 4]);
        taken.Jagged<short>("hits").Values.ToArray().ShouldBe([-3, 1, 2, -3]);
    }

    [Fact]
    public void Values_become_doubles_whatever_their_type()
    {
        Batch["good"].ToDoubles().ShouldBe([1, 0, 1]);
        Batch["hits"].ToDoubles().ShouldBe([1, 2, -3]);
    }

    [Fact]
    public void A_missing_column_or_another_type_is_named()
    {
        Should.Throw<StepFailed>(() => Batch.Flat<float>("ptt")).Message.ShouldContain("nearest  pt");
        Should.Throw<StepFailed>(() => Batch.Flat<int>("pt")).Message.ShouldContain("float32");
    }

    [Fact]
    public void Columns_of_unequal_length_are_a_defect() =>
        Should.Throw<Defect>(() => new Batch([new Column<int>("a", new[] { 1 }), new Column<int>("b", new[] { 1, 2 })]));
}
