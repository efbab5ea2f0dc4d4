using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The UPP campaigns that ship, from ATLAS training files to numbers and to files for salt.</summary>
public sealed class UppCampaignTests
{
    [SharedDataTheory]
    [InlineData("upp-reweight", "reweight")]
    [InlineData("upp-resample", "resample")]
    public void From_training_files_to_numbers_and_a_second_run_does_nothing(string campaign, string folder)
    {
        using var place = new TempFolder();
        string[] words =
        [
            $"--config=configs/{campaign}.yaml", $"--out={place.At("out")}", "--set=train.epochs=1",
            $"--input=ttbar={SharedData.At("upp", "ntuples", "data1.h5")}", $"--input=ttbar={SharedData.At("upp", "ntuples", "data2.h5")}",
            $"--input=zprime={SharedData.At("upp", "ntuples", "data3.h5")}",
        ];

        using (ProgramRun numbers = ProgramRun.Host([.. words, "--target=Metrics"])) numbers.ExitCode.ShouldBe(0, numbers.Error);
        using (ProgramRun files = ProgramRun.Host([.. words, "--target=TrainingFiles"])) files.ExitCode.ShouldBe(0, files.Error);
        using ProgramRun again = ProgramRun.Host([.. words, "--target=Metrics"]);

        again.Output.ShouldContain("nothing to do");
        foreach (string product in new[]
        {
            $"{folder}/train.h5", "validate/passed.json", "train/model.zip", "metrics/performance.json", "training_files/norm_dict.yaml",
            "training_files/class_dict.yaml", "training_files/train/pp_output_train.h5", "training_files/test/pp_output_test.h5",
        })
            File.Exists(place.At("out", product)).ShouldBeTrue(product);
    }
}
