using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Configuration;

/// <summary>Addresses of other machines are recognised wherever a file can be named, before they are mistaken for a path.</summary>
public sealed class RemoteAddressTests : IDisposable
{
    private const string Address = "root://eospublic.cern.ch//eos/opendata/cms/a.root";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("datasets:\n  one: { files: 'ADDRESS' }\n", "campaign.yaml:2")]
    [InlineData("datasets:\n  one:\n    files:\n    - { path: 'ADDRESS', size: 7 }\n", "campaign.yaml:4")]
    [InlineData("datasets:\n  one: { files: '${NO_SUCH_PLACE:-ADDRESS}' }\n", "campaign.yaml:2")]
    [InlineData("datasets:\n  one: { manifest: m.yaml }\n", "m.yaml:3")]
    public void In_a_campaign_and_in_a_manifest(string campaign, string where)
    {
        File.WriteAllText(_folder.At("m.yaml"), $"dataset: m\nfiles:\n- path: {Address}\n");

        string message = Refused(campaign.Replace("ADDRESS", Address, StringComparison.Ordinal));

        message.ShouldContain(where);
        message.ShouldContain($"'{Address}' is an address on another machine");
        message.ShouldContain($"xrdcp {Address} .");
    }

    [Theory]
    [InlineData(Address)]
    [InlineData("one=" + Address)]
    [InlineData("one=" + Address + "?authz=a=b")]
    public void On_the_command_line(string input) =>
        Refused("datasets:\n  one: { files: a.root }\n", input)
            .ShouldStartWith("--input: 'root://eospublic.cern.ch//eos/opendata/cms/a.root");

    [Theory]
    [InlineData("https://example.org/a.root", "kind  https")]
    [InlineData("davs://example.org/a.root", "kind  davs")]
    public void Of_other_kinds_too(string address, string kind)
    {
        string message = Refused($"datasets:\n  one: {{ files: '{address}' }}\n");

        message.ShouldContain(kind);
        message.ShouldNotContain("xrdcp");
    }

    [Fact]
    public void A_path_and_a_product_of_the_campaign_are_no_addresses()
    {
        foreach (string text in (string[])["a.root", "/data/root:/a.root", "external://made/x.root"])
            RemoteAddress.Is(text).ShouldBeFalse(text);
    }

    private string Refused(string campaign, params string[] inputs)
    {
        File.WriteAllText(_folder.At("campaign.yaml"), campaign);
        return Should.Throw<Misuse>(() => CampaignFile.Load(_folder.At("campaign.yaml"), [], inputs)).Message;
    }
}
