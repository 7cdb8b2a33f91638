"""Files: chosen, pasted and dropped; shown, downloaded, and refused in plain words."""

import pytest
from pictures import file, png
from playwright.sync_api import expect
from talks import begin_talk

GIVE = """([target, name, kind, bytes, type]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, { type: kind }));
  const event = type === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
  document.querySelector(target).dispatchEvent(event);
}"""


def tray(panel, state="ready"):
    return panel.root.locator(f".tray li[data-state={state}]")


def test_a_picture_chosen_by_button_is_seen_by_the_other(windows):
    talk = begin_talk(windows, "Lähetän kuvan")
    with talk.shop.page.expect_file_chooser() as chooser:
        talk.panel.button("compose.attach").click()
    chooser.value.set_files([file("kiuas.png", png(), "image/png")])
    expect(tray(talk.panel)).to_have_count(1)
    talk.panel.say("Tällainen se on")
    for side in (talk.panel, talk.desk):
        picture = side.message("Tällainen se on").locator("img")
        expect(picture).to_be_visible()
        expect(picture).to_have_attribute("alt", side.words("image" if side is talk.panel else "message.picture", name="kiuas.png"))
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 64


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_picture_is_pasted_or_dropped_on_both_sides(windows, way):
    talk = begin_talk(windows, f"Kuva tavalla {way}")
    visitor_target, agent_target = ("textarea[name=message]", "textarea[name=reply]") if way == "paste" else (".talk", ".composer")
    talk.shop.frame().evaluate(GIVE, [visitor_target, "liitetty.png", "image/png", list(png()), way])
    expect(tray(talk.panel)).to_have_count(1)
    talk.panel.box.press("Enter")
    expect(talk.desk.log.locator("img")).to_be_visible()
    talk.desk.page.evaluate(GIVE, [agent_target, "vastaus.png", "image/png", list(png(colour=(160, 70, 20))), way])
    expect(talk.desk.page.locator(".composer-files li")).to_have_count(1)
    expect(talk.desk.page.locator(".composer-files [role=progressbar]")).to_have_count(0)
    talk.desk.say("Tässä meiltä")
    expect(talk.panel.log.locator("img")).to_have_count(2)


def test_a_file_is_downloaded_as_it_was(windows):
    talk = begin_talk(windows, "Lähetän ohjeen")
    content = b"%PDF-1.4\n" + bytes(range(256)) * 20
    talk.panel.attach(file("ohje ääkkösin.pdf", content, "application/pdf"))
    expect(tray(talk.panel)).to_have_count(1)
    talk.panel.box.press("Enter")
    for page, side in ((talk.desk.page, talk.desk), (talk.shop.page, talk.panel)):
        link = side.log.locator("a.attachment")
        expect(link).to_contain_text("ohje ääkkösin.pdf")
        with page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename == "ohje ääkkösin.pdf"
        with open(download.value.path(), "rb") as kept:
            assert kept.read() == content


@pytest.mark.parametrize("sent, why", [
    (file("ohjelma.exe", b"MZ\x90\0\x03" + bytes(400), "application/x-msdownload"), "refused"),
    (file("kuva.png", b"MZ\x90\0\x03" + bytes(400), "image/png"), "refused"),
    (file("tyhjä.txt", b"", "text/plain"), "empty"),
    (file("iso.zip", b"PK\x03\x04" + bytes(25 * 1024 * 1024), "application/zip"), "tooLarge"),
], ids=["program", "program-dressed-as-picture", "empty", "too-large"])
def test_a_refused_file_is_told_in_plain_words_and_the_text_stays(windows, sent, why):
    talk = begin_talk(windows, "Kokeilen tiedostoa")
    talk.panel.box.fill("tämä teksti ei katoa")
    if why == "tooLarge":
        give_large(talk.shop.frame())
    else:
        talk.panel.attach(sent)
    expect(tray(talk.panel, "failed")).to_contain_text(talk.panel.words(f"upload.{why}", name=sent["name"]))
    expect(talk.panel.box).to_have_value("tämä teksti ei katoa")
    talk.panel.box.press("Enter")
    expect(talk.panel.message("tämä teksti ei katoa")).to_be_visible()
    expect(talk.desk.message("tämä teksti ei katoa")).to_be_visible()
    expect(talk.desk.log.locator("a.attachment, a.picture")).to_have_count(0)
    tray(talk.panel, "failed").get_by_role("button").last.click()
    expect(talk.panel.root.locator(".tray li")).to_have_count(0)


def give_large(frame):
    frame.evaluate("""() => { const data = new DataTransfer(); data.items.add(new File([new Uint8Array(25 * 1024 * 1024 + 1)], 'iso.zip'));
      const box = document.querySelector('input[type=file]'); box.files = data.files; box.dispatchEvent(new Event('change')); }""")


def test_a_message_told_to_go_while_its_file_is_on_the_way_goes_with_it(windows):
    talk = begin_talk(windows, "Hidas yhteys")
    held = []
    talk.shop.page.route("**/api/v1/uploads", lambda route: held.append(route))
    talk.panel.attach(file("kiuas.png", png(), "image/png"))
    talk.panel.say("menee yhdessä")
    expect(talk.panel.root.locator(".tray li[data-state=going]")).to_have_count(1)
    expect(talk.panel.messages).to_have_count(1)
    held[0].continue_()
    expect(talk.desk.message("menee yhdessä").locator("img")).to_be_visible()


def test_an_attachment_can_be_taken_away_before_sending(windows):
    talk = begin_talk(windows, "Muutan mieleni")
    talk.panel.attach(file("kiuas.png", png(), "image/png"))
    expect(tray(talk.panel)).to_have_count(1)
    tray(talk.panel).get_by_role("button").click()
    talk.panel.say("ilman kuvaa")
    expect(talk.desk.message("ilman kuvaa")).to_be_visible()
    expect(talk.desk.log.locator("img")).to_have_count(0)
