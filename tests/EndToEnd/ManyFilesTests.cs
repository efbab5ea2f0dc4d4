using CliWrap.Buffered;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Generate to Scale on datasets of many small files, with fewer descriptors than files and little memory for a step.</summary>
[Collection(SmokeBuild.Name)]
public sealed class ManyFilesTests
{
    // What was wrong: Split had all files of a dataset open to look for duplicates, and at the limit of descriptors the next
    // one was "not a readable HDF5 file".
    [Fact]
    public void A_dataset_may_have_more_files_than_a_process_may_open() => Run(files: 130, descriptors: 160);

    [LongFact]
    public void Two_thousand_files_pass_with_256_descriptors() => Run(files: 1000, descriptors: 256);

    // So many files in each of two datasets, of 20 events each, for files without a candidate are all the same. The runtime's
    // own descriptors are among those allowed.
    private static void Run(int files, int descriptors)
    {
        using var folder = new TempFolder();
        string smoke = File.ReadAllText(Checkout.At("configs", "smoke.yaml"));
        string text = smoke.Replace("include: ", $"include: {Checkout.At("configs")}/", StringComparison.Ordinal);
        string config = folder.At("many.yaml");
        File.WriteAllText(config, text + "\nstep_memory: 128 MiB\n");
        string host = Checkout.At(".artifacts", "bin", "Host", "release", "TauPipeline.Host.dll");
        string command = $"ulimit -n {descriptors} && exec dotnet exec '{host}'"
            + $" --target=Scale --jobs=2 --config='{config}' --out='{folder.At("out")}'"
            + $" --set datasets.DYToLL_M50.generate.files={files} --set datasets.DYToLL_M50.generate.events=20"
            + $" --set datasets.QCD_Pt15to1000.generate.files={files} --set datasets.QCD_Pt15to1000.generate.events=20";

        BufferedCommandResult shell = Command.RunIn(Checkout.Root, "sh", "-c", command);

        shell.ExitCode.ShouldBe(0, shell.StandardOutput + shell.StandardError);
        ScalingFile.Read(new ProductInput(folder.At("out", "scale", "scaling.json"))).Scaling.Of("log_pt").Std.ShouldBeGreaterThan(0);
    }
}
