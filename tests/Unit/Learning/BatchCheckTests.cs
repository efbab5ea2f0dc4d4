using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

public sealed class BatchCheckTests
{
    private static readonly InputShape s_one = new("inner_a", 1, 3, 3);

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
