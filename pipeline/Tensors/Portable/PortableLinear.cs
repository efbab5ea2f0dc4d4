using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary><c>torch.nn.functional.linear</c>, forth and back, with the same bits on every processor and any number of threads.</summary>
public static class PortableLinear
{
    /// <summary>(rows, inputs) times the transpose of weight (outputs, inputs), plus bias (outputs) if there is one.</summary>
    /// <exception cref="Foundation.Defect">One of them is not float32 of such a shape in main memory.</exception>
    public static Tensor linear(Tensor input, Tensor weight, Tensor? bias = null) =>
        bias is null ? LinearFunction.apply(input, weight) : LinearFunction.apply(input, weight, bias);
}

/// <summary>What autograd runs of it.</summary>
internal sealed unsafe class LinearFunction : autograd.SingleTensorFunction<LinearFunction>
{
    // Terms summed apart: forth and back over the widths of layers, and over the rows of a batch.
    internal const int OverWidths = 512;
    private const int OverRows = 128;
    private const string WantsInput = "wants the input's gradient", HasBias = "has a bias";

    public override string Name => nameof(PortableLinear);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Tensor given = (Tensor)vars[0], weight = (Tensor)vars[1];
        Tensor input = Checked("the input", given, -1, -1).contiguous();
        int rows = (int)input.shape[0], inputs = (int)input.shape[1], outputs = (int)Checked("the weight", weight, -1, inputs).shape[0];
        float* bias = vars.Length > 2 ? At(Checked("the bias", (Tensor)vars[2], outputs)) : null;
        ctx.save_for_backward([input, weight]);
        ctx.save_data(WantsInput, given.requires_grad);
        ctx.save_data(HasBias, bias != null);
        Tensor output = empty(rows, outputs);
        MatrixProduct.Run(
            (rows, outputs, inputs),
            new(At(input), inputs, 1),
            new(At(weight), 1, inputs),
            bias,
            At(output),
            OverWidths,
            get_num_threads());
        return output;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        Tensor input = ctx.get_saved_variables()[0], weight = ctx.get_saved_variables()[1], given = grad_output.contiguous();
        int rows = (int)input.shape[0], inputs = (int)input.shape[1], outputs = (int)weight.shape[0], threads = get_num_threads();
        Checked("the gradient", given, rows, outputs);
        Tensor? ofInput = null;
        if ((bool)ctx.get_data(WantsInput))
        {
            ofInput = empty(rows, inputs);
            MatrixProduct.Run(
                (rows, inputs, outputs),
                new(At(given), outputs, 1),
                new(At(weight), inputs, 1),
                null,
                At(ofInput),
                OverWidths,
                threads);
        }
        Tensor ofWeight = empty(outputs, inputs);
        MatrixProduct.Run(
            (outputs, inputs, rows),
            new(At(given), 1, outputs),
            new(At(input), inputs, 1),
            null,
            At(ofWeight),
            OverRows,
            threads);
        if (!(bool)ctx.get_data(HasBias)) return [ofInput!, ofWeight];
        Tensor ofBias = empty(outputs);
        MatrixProduct.ColumnSums(rows, outputs, At(given), At(ofBias));
        return [ofInput!, ofWeight, ofBias];
    }

    /// <summary>Where the values of a tensor in main memory stand.</summary>
    public static float* At(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    // A length of -1 is any.
    private static Tensor Checked(string what, Tensor tensor, params ReadOnlySpan<long> shape)
    {
        bool fits = tensor.dtype == ScalarType.Float32 && tensor.device_type == DeviceType.CPU && tensor.dim() == shape.Length;
        for (int d = 0; fits && d < shape.Length; d++)
            fits = tensor.shape[d] is > 0 and <= int.MaxValue && (shape[d] < 0 || tensor.shape[d] == shape[d]);
        return fits ? tensor : throw TensorErrors.NotPortable(what, tensor);
    }
}
