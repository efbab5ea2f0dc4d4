using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Tensors;
using TauPipeline.Tests.Support;
using TorchSharp;
using Xunit;

namespace TauPipeline.Tests.Unit.Tensors;

[Collection(TensorFixture.Collection)]
public sealed class TensorLibraryTests
{
    [TensorFact]
    public void The_library_is_the_one_that_was_laid_out()
    {
        string[] mapped =
        [
            .. File.ReadLines("/proc/self/maps")
                .Select(line => line[(line.LastIndexOf(' ') + 1)..])
                .Where(path => path.Contains("orch_cpu.so") || path.Contains("libLibTorchSharp.so"))
                .Distinct(),
        ];

        mapped.Length.ShouldBe(2);
        mapped.ShouldAllBe(path => path.Contains($"/.artifacts/native/{TorchNatives.Packages}/"));
        torch.__version__.ShouldStartWith(TorchNatives.Packages.Split('-')[^1]); // what TorchSharp was made for
    }

    [TensorFact]
    public void The_threads_are_as_stated_where_the_processor_has_fewer()
    {
        // A process of its own: libtorch is loaded once, here with one thread.
        int threads = Environment.ProcessorCount + 3;

        NumbersRun.Here("threads", $"{threads}").ShouldBe([$"{threads}"]);
    }

    [TensorFact]
    public void A_second_environment_in_one_process_is_refused_with_what_differs()
    {
        TensorLibrary.Load(NumericEnvironment.Portable(1));

        Should.Throw<Defect>(() => TensorLibrary.Load(NumericEnvironment.Portable(2)))
            .Message.ShouldContain("OMP_NUM_THREADS  1, wanted 2");
    }

    [Fact]
    public void Versions_are_those_of_the_packages()
    {
        string props = File.ReadAllText(Checkout.At("Directory.Packages.props"));

        TensorLibrary.Versions.Select(version => version.Split(' ')[0]).ShouldBe(["TorchSharp", "libtorch"]);
        foreach (string version in TensorLibrary.Versions) props.ShouldContain($">{version.Split(' ')[1]}</");
    }

    [Fact]
    public void A_C_library_that_is_too_old_is_named_with_what_is_needed()
    {
        StepFailed old = Should.Throw<StepFailed>(() => CLibrary.Require(new Version(2, 31)));

        old.Message.ShouldContain("the C library of this system is too old");
        old.Text.Facts.ShouldBe([("found", "glibc 2.31"), ("needed", "glibc 2.34 or newer: Debian 12, Ubuntu 22.04, Alma 9")]);
        Should.Throw<StepFailed>(() => CLibrary.Require(null)).Message.ShouldContain("another one than glibc");
        CLibrary.Require(new Version(2, 34));
        CLibrary.Here.ShouldNotBeNull();
    }

    [TensorFact]
    public void A_libtorch_without_CUDA_says_so_and_what_to_name()
    {
        if (TorchNatives.HaveCuda) return;

        StepFailed none = Should.Throw<StepFailed>(() => TensorLibrary.Require(DeviceType.CUDA));

        none.Message.ShouldContain("this libtorch computes on the processor only");
        none.Text.Facts.ShouldHaveSingleItem().Value.ShouldEndWith("/libtorch_cuda.so");
        none.Text.Advice!.ShouldContain("TAU_LIBTORCH=");
    }
}
