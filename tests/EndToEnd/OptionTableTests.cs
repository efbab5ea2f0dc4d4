using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Host;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The one table of options, and how it is read.</summary>
public sealed class OptionTableTests
{
    // Cake takes these for itself, whatever a host does.
    private static readonly string[] Reserved =
        [
            "tree",
            "showtree",
            "description",
            "showdescription",
            "dryrun",
            "noop",
            "whatif",
            "exclusive",
            "verbosity",
            "version",
            "info",
            "help",
            "bootstrap",
            "debug",
            "invalidate-script-cache",
        ];

    [Fact]
    public void None_of_our_names_is_Cakes()
    {
        string[] ours = [.. Options.All.Where(option => !option.IsCakes).SelectMany(option => option.Aliases.Prepend(option.Name))];

        ours.Intersect(Reserved).ShouldBeEmpty();
        ours.Where(name => name.Length == 1).ShouldBeEmpty();
        ours.ShouldBeUnique();
    }

    [Fact]
    public void Values_stand_behind_an_equals_sign_or_in_the_next_word()
    {
        CommandLine line = CommandLineParser.Parse([
            "--set",
            "a.b=-1",
            "--set=cut=pt > 20 && x == 1",
            "--set",
            "~c",
            "-t",
            "Train",
            "--keep-going",
        ]);

        line.All(Options.Set).ShouldBe(["a.b=-1", "cut=pt > 20 && x == 1", "~c"]);
        line.Targets.ShouldBe(["Train"]);
        line.Has(Options.KeepGoing).ShouldBeTrue();
    }

    [Theory]
    [InlineData("--config=a", "--config=b")]
    [InlineData("--set")]
    [InlineData("-x")]
    [InlineData("-target=Train")]
    [InlineData("--t=Train")]
    [InlineData("--verbosity=loud")]
    [InlineData("--json", "--tree")]
    public void What_makes_no_sense_is_misuse(params string[] words) => Should.Throw<Misuse>(() => CommandLineParser.Parse(words));

    public static TheoryData<string> Places =>
        [.. Options.All.Where(option => option.Place != PlaceUse.None).Select(option => option.Name)];

    [Theory]
    [MemberData(nameof(Places))]
    public void An_address_of_another_machine_is_refused_by_name_wherever_a_file_or_folder_is_named(string name)
    {
        Option option = Options.Find(name)!;
        string[] tools = [.. option.Tools.Select(tool => $"--target={tool}")];

        ErrorText error = Should.Throw<Misuse>(() => CommandLineParser.Parse([.. tools, $"--{name}=root://host.example//data/a.root"]))
            .Text;

        error.Title.ShouldStartWith($"--{name}: 'root://host.example//data/a.root' is an address on another machine");
        error.Advice.ShouldNotBeNull()
            .ShouldContain(
                option.Place == PlaceUse.Read ? "xrdcp root://host.example//data/a.root ." : "xrdcp FILE root://host.example//data/a.root"
            );
        Should.NotThrow(() => CommandLineParser.Parse([.. tools, $"--{name}=/data/root:/a.root"]));
    }

    // --object is a place within a file, and --input tells its own data set from its file.
    [Fact]
    public void Every_option_that_names_a_file_or_folder_says_so() =>
        Options.All.Where(option => option.Placeholder is "FILE" or "DIR" or "PATH" or "OUT.root" or "OUT.parquet" && option != Options.Object)
            .ShouldAllBe(option => option.Place != PlaceUse.None);

    [Theory]
    [InlineData("--noop", "DryRun")]
    [InlineData("--showtree", "Tree")]
    [InlineData("--showdescription", "Description")]
    public void Cakes_other_spellings_mean_the_same(string word, string mode) =>
        CommandLineParser.Parse([word]).Mode.ToString().ShouldBe(mode);
}
