using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

public sealed class RowsToLearnTests
{
    private static readonly InputShape s_tau = new(InputShape.Tau, 2), s_one = new("inner_a", 1, 3, 3), s_two = new("inner_b", 2, 3, 3);

    [Fact]
    public void Rows_of_grids_keep_their_cells_whatever_order_they_are_gathered_in()
    {
        TrainingBatch batch = Some();
        var gathered = new RowsToLearn(4, [s_tau, s_one, s_two]);

        foreach (int row in (int[])[2, 0, 1, 2]) gathered.Add(batch, row);

        gathered.IsFull.ShouldBeTrue();
        IReadOnlyList<InputRows> inputs = gathered.Batch.Inputs;
        gathered.Batch.Labels.ShouldBe([2, 0, 1, 2]);
        gathered.Batch.Weights.ShouldBe([3f, 1f, 2f, 3f]);
        inputs[0].Values.ShouldBe([20f, 21f, 0f, 1f, 10f, 11f, 20f, 21f]);
        inputs[1].Offsets.ShouldBe([0, 1, 3, 3, 4]);
        inputs[1].Cells.ShouldBe([8, 0, 4, 8]);
        inputs[1].Values.ShouldBe([3f, 1f, 2f, 3f]);
        inputs[2].Values.ShouldBe([5f, 6f, 1f, 2f, 3f, 4f, 5f, 6f]);
        inputs[2].Cells.ShouldBeSameAs(inputs[1].Cells);
        inputs[2].Offsets.ShouldBeSameAs(inputs[1].Offsets);
    }

    [Fact]
    public void Consecutive_rows_are_gathered_one_batch_after_the_other()
    {
        TrainingBatch batch = Some();
        var gathered = new RowsToLearn(6, [s_tau, s_one, s_two]);

        gathered.Add(batch.Inputs, batch.Labels, batch.Weights);
        gathered.Add(batch.Inputs, batch.Labels, batch.Weights);

        gathered.Batch.Inputs[1].Offsets.ShouldBe([0, 2, 2, 3, 5, 5, 6]);
        gathered.Batch.Inputs[1].Cells.ShouldBe([0, 4, 8, 0, 4, 8]);
    }

    [Theory]
    [InlineData(new[] { 0, 2, 2 }, new[] { 0, 4, 8 }, "3 offsets")]
    [InlineData(new[] { 0, 2, 1, 3 }, new[] { 0, 4, 8 }, "rising offsets")]
    [InlineData(new[] { 0, 5, 1, 3 }, new[] { 0, 4, 8 }, "rising offsets")]
    [InlineData(new[] { 0, 2, 2, 3 }, new[] { 4, 0, 8 }, "rising cells below 9")]
    [InlineData(new[] { 0, 2, 2, 3 }, new[] { 0, 4, 9 }, "rising cells below 9")]
    [InlineData(new[] { 0, 2, 2, 3 }, new[] { -1, 4, 8 }, "rising cells below 9")]
    [InlineData(new[] { 0, 2, 2, 2 }, new[] { 0, 4 }, "2 filled cells of 1")]
    public void Cells_that_cannot_be_are_a_defect_before_they_reach_native_code(int[] offsets, int[] cells, string told)
    {
        var grid = new InputRows(s_one, [1, 2, 3]) { Offsets = offsets, Cells = cells };

        Should.Throw<Defect>(() => BatchCheck.Check([grid], 3, new Shape(s_one))).Message.ShouldContain(told);
    }

    private static TrainingBatch Some()
    {
        (int[] offsets, int[] cells) = ([0, 2, 2, 3], [0, 4, 8]);
        return new(
            3,
            [
                new(s_tau, [0, 1, 10, 11, 20, 21]),
                new(s_one, [1, 2, 3]) { Offsets = offsets, Cells = cells },
                new(s_two, [1, 2, 3, 4, 5, 6]) { Offsets = offsets, Cells = cells },
            ],
            [0, 1, 2],
            [1, 2, 3]);
    }

    private sealed record Shape(InputShape Only) : NetworkShape(2)
    {
        public override IReadOnlyList<InputShape> Inputs => [Only];

        public override void Check()
        {
        }

        internal override TorchSharp.torch.nn.Module<NetworkInputs, TorchSharp.torch.Tensor> Network(ulong key, bool isPortable) =>
            throw new NotSupportedException();

        internal override IPredictor Predictor(TorchFile weights) => throw new NotSupportedException();
    }
}
