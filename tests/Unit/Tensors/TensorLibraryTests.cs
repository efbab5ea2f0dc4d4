using System.Runtime.InteropServices;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Tensors;

[Collection(TensorFixture.Collection)]
public sealed class TensorLibraryTests
{
    [TensorFact]
    public void The_portable_environment_reaches_the_kernels()
    {
        TensorLibrary.Configuration.ShouldContain("CPU capability usage: AVX2");
    }

    [OpenBlasFact]
    public void The_portable_environment_reaches_OpenBLAS()
    {
        nint blas = NativeLibrary.Load("libopenblas.so.0");
        var name = Marshal.GetDelegateForFunctionPointer<CoreName>(NativeLibrary.GetExport(blas, "openblas_get_corename"));

        Marshal.PtrToStringUTF8(name()).ShouldBe("Haswell");
    }

    [TensorFact]
    public void A_second_environment_in_one_process_is_refused_with_what_differs()
    {
        TensorLibrary.Load(NumericEnvironment.Portable(1));

        Should.Throw<Defect>(() => TensorLibrary.Load(NumericEnvironment.Portable(2))).Message.ShouldContain("OMP_NUM_THREADS       1, wanted 2");
    }

    [Fact]
    public void Versions_are_told_without_a_throw_and_without_a_path()
    {
        IReadOnlyList<string> versions = TensorLibrary.Versions;

        versions.Count.ShouldBe(4);
        versions.ShouldAllBe(version => version.Length > 0 && !version.StartsWith('/'));
    }

    [TensorFact]
    public void Versions_name_libtorch_and_the_shim_that_was_built()
    {
        TensorLibrary.Versions[0].ShouldStartWith("libtorch_cpu.so.");
        string shim = TensorLibrary.Versions[3].Split(' ')[1];

        File.Exists(Path.Combine(TensorFixture.Root, ".artifacts", "native", shim, "libtau_torch.so")).ShouldBeTrue();
    }

    private delegate nint CoreName();

    private sealed class OpenBlasFactAttribute : FactAttribute
    {
        // By name: loading it here would be before its variables are set.
        public OpenBlasFactAttribute() =>
            Skip = TensorLibrary.IsInstalled && TensorLibrary.Versions[1].Contains("openblas") ? null : "OpenBLAS is not installed: dotnet cake --target=Setup";
    }
}
