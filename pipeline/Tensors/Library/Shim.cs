using System.Runtime.InteropServices;

namespace TauPipeline.Tensors;

/// <summary>The functions of the shim, as they stand in <c>Native/</c>; each returns 0 or leaves a message for its thread.</summary>
internal static partial class Shim
{
    public const string Name = "tau_torch";

    /// <summary>Turns the number that a function returned into an exception.</summary>
    public static void Check(int outcome)
    {
        if (outcome == 0) return;
        string message = Marshal.PtrToStringUTF8(tau_last_error()) ?? "nothing";
        throw outcome == 2 || message.Contains("alloc", StringComparison.Ordinal) ? TensorErrors.Resources(message) : TensorErrors.Refused(message);
    }

    [LibraryImport(Name)] public static partial nint tau_last_error();
    [LibraryImport(Name)] public static partial nint tau_show_config();
    [LibraryImport(Name)] public static partial int tau_start(int threads);

    [LibraryImport(Name)] public static unsafe partial int tau_from_blob(void* numbers, long* shape, int dim, TensorType type, out nint made);
    [LibraryImport(Name)] public static unsafe partial int tau_copy_out(Tensor self, void* to, long bytes);
    [LibraryImport(Name)] public static partial void tau_free(nint self);
    [LibraryImport(Name)] public static partial int tau_dim(Tensor self, out long dim);
    [LibraryImport(Name)] public static partial int tau_size(Tensor self, long dim, out long size);
    [LibraryImport(Name)] public static partial int tau_type(Tensor self, out TensorType type);

    [LibraryImport(Name)] public static partial int tau_add(Tensor self, Tensor other, double alpha, out nint made);
    [LibraryImport(Name)] public static partial int tau_mul(Tensor self, Tensor other, out nint made);
    [LibraryImport(Name)] public static partial int tau_mul_scalar(Tensor self, double other, out nint made);
    [LibraryImport(Name)] public static partial int tau_sqrt(Tensor self, out nint made);
    [LibraryImport(Name)] public static partial int tau_sum(Tensor self, out nint made);
    [LibraryImport(Name)] public static partial int tau_mean(Tensor self, out nint made);
    [LibraryImport(Name)] public static partial int tau_matmul(Tensor self, Tensor other, out nint made);
    [LibraryImport(Name)] public static partial int tau_linear(Tensor input, Tensor weight, Tensor bias, out nint made);
    [LibraryImport(Name)] public static partial int tau_relu(Tensor self, out nint made);
    [LibraryImport(Name)] public static partial int tau_prelu(Tensor self, Tensor weight, out nint made);
    [LibraryImport(Name)] public static partial int tau_softmax(Tensor self, long dim, out nint made);
    [LibraryImport(Name)] public static partial int tau_batch_norm(Tensor input, Tensor weight, Tensor bias, Tensor mean, Tensor variance, int training, double momentum, double eps, out nint made);
    [LibraryImport(Name)] public static partial int tau_cross_entropy(Tensor input, Tensor target, out nint made);

    [LibraryImport(Name)] public static partial int tau_add_(Tensor self, Tensor other, double alpha);
    [LibraryImport(Name)] public static partial int tau_add_scalar_(Tensor self, double other);
    [LibraryImport(Name)] public static partial int tau_mul_(Tensor self, double other);
    [LibraryImport(Name)] public static partial int tau_div_(Tensor self, double other);
    [LibraryImport(Name)] public static partial int tau_sqrt_(Tensor self);
    [LibraryImport(Name)] public static partial int tau_addcmul_(Tensor self, Tensor tensor1, Tensor tensor2, double value);
    [LibraryImport(Name)] public static partial int tau_addcdiv_(Tensor self, Tensor tensor1, Tensor tensor2, double value);
    [LibraryImport(Name)] public static partial int tau_copy_(Tensor self, Tensor from);

    [LibraryImport(Name)] public static partial int tau_requires_grad_(Tensor self, int on);
    [LibraryImport(Name)] public static partial int tau_backward(Tensor self);
    [LibraryImport(Name)] public static partial int tau_grad(Tensor self, out nint grad);
    [LibraryImport(Name)] public static partial int tau_clear_grad(Tensor self);
    [LibraryImport(Name)] public static partial int tau_detach(Tensor self, out nint made);
    [LibraryImport(Name)] public static partial int tau_set_grad_enabled(int on, out int before);
}
