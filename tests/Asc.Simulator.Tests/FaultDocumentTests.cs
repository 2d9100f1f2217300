using System.Net;
using System.Text;

namespace Asc.Simulator.Tests;

public sealed class FaultDocumentTests : SimulatorTest
{
    [Test]
    public async Task Faults_set_over_http_apply_and_are_shown_with_the_count_left()
    {
        using var put = await PutAsync(
            """[{"match":{"region":"eu","protocol":"openai","model":"*"},"fault":"status","status":429,"afterChunks":3,"delayMs":0,"headers":{"retry-after":"1"},"count":5}]""");
        using var refused = await PostAsync(Chat());
        var shown = await Http.GetStringAsync("_sim/faults", Timeout);

        Assert.Multiple(() =>
        {
            Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(shown, Is.EqualTo(
                """[{"match":{"region":"eu","protocol":"openai","model":"*"},"fault":"status","status":429,"afterChunks":3,"delayMs":0,"headers":{"retry-after":"1"},"count":4}]"""));
        });
    }

    [Test]
    public async Task Deleting_faults_brings_back_normal_answers()
    {
        using var put = await PutAsync("""[{"fault":"status","status":500}]""");
        using var deleted = await Http.DeleteAsync("_sim/faults", Timeout);
        using var response = await PostAsync(Chat());

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("nonsense", "not JSON")]
    [TestCase("{}", "array")]
    [TestCase("[1]", "[0]")]
    [TestCase("""[{"fault":"explode"}]""", "[0].fault")]
    [TestCase("""[{}]""", "[0].fault")]
    [TestCase("""[{"fault":"status"}]""", "[0].status")]
    [TestCase("""[{"fault":"error"}]""", "[0].status")]
    [TestCase("""[{"fault":"status","status":200}]""", "[0].status")]
    [TestCase("""[{"fault":"delay"}]""", "[0].delayMs")]
    [TestCase("""[{"fault":"cut"},{"fault":"cut","afterChunks":-1}]""", "[1].afterChunks")]
    [TestCase("""[{"fault":"cut","count":0}]""", "[0].count")]
    [TestCase("""[{"fault":"cut","after":1}]""", "[0].after")]
    [TestCase("""[{"fault":"cut","match":{"modle":"x"}}]""", "[0].match.modle")]
    [TestCase("""[{"fault":"cut","headers":{"a":1}}]""", "[0].headers.a")]
    public async Task A_wrong_document_is_refused_by_the_path_of_what_is_wrong_and_changes_nothing(string document, string named)
    {
        using var good = await PutAsync("""[{"fault":"no-usage"}]""");
        using var bad = await PutAsync(document);
        var message = (await ReadAsync(bad)).GetProperty("error").GetProperty("message").GetString();

        Assert.Multiple(() =>
        {
            Assert.That(bad.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(message, Does.Contain(named));
            Assert.That(Simulator.Faults, Has.Count.EqualTo(1));
        });
    }

    private async Task<HttpResponseMessage> PutAsync(string document)
    {
        using var content = new StringContent(document, Encoding.UTF8, "application/json");
        return await Http.PutAsync("_sim/faults", content, Timeout);
    }
}
