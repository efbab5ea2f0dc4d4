using TorchSharp;
using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>
/// torch's operations with a number. TorchSharp makes an object of the number on the way, which the collector may take while the library
/// still reads it ("Unknown scalar type", or another number): here it lives until the operation is over.
/// </summary>
public static class NumberOperations
{
    /// <summary><c>tensor / number</c>.</summary>
    public static Tensor over(this Tensor tensor, double number)
    {
        using Scalar by = number;
        return tensor.div(by);
    }

    /// <summary><c>tensor * number</c>.</summary>
    public static Tensor times(this Tensor tensor, double number)
    {
        using Scalar by = number;
        return tensor.mul(by);
    }

    /// <summary>The same in place.</summary>
    public static Tensor times_(this Tensor tensor, double number)
    {
        using Scalar by = number;
        return tensor.mul_(by);
    }

    /// <summary><c>tensor + number</c>.</summary>
    public static Tensor plus(this Tensor tensor, double number)
    {
        using Scalar more = number;
        return tensor.add(more);
    }

    /// <summary><c>tensor + times * other</c>.</summary>
    public static Tensor plus(this Tensor tensor, Tensor other, double times)
    {
        using Scalar by = times;
        return tensor.add(other, by);
    }

    /// <summary>The same in place.</summary>
    public static Tensor plus_(this Tensor tensor, Tensor other, double times)
    {
        using Scalar by = times;
        return tensor.add_(other, by);
    }

    /// <summary>Every value becomes the number.</summary>
    public static Tensor becomes_(this Tensor tensor, double number)
    {
        using Scalar value = number;
        return tensor.fill_(value);
    }
}
